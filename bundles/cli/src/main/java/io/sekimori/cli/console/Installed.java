package io.sekimori.cli.console;

import java.nio.file.Path;
import java.util.List;

/** What is installed beside this command for consoles. The system property {@code sekimori.home} says where. */
final class Installed {

    private Installed() {}

    private static Path home() {
        return Path.of(System.getProperty("sekimori.home", ""));
    }

    /** The jars of a console: bundles, then the start class path. */
    static List<Path> jars() {
        return List.of(home().resolve("distrib/console/target/bundles"), home().resolve("distrib/target/slot-lib"));
    }

    /** The class path of the broker. */
    static Path brokerLib() {
        return home().resolve("distrib/broker/target/lib");
    }

    /** What a console is made of. */
    static Path feature() {
        return home().resolve("features/console.json");
    }
}
