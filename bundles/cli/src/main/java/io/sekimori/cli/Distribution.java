package io.sekimori.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * What is installed beside this command: the jars and the start script of the gateway, and what a console is made of. The system property {@code
 * sekimori.home} says where; without it nothing is taken from anywhere.
 *
 * @param home the directory, or {@code null} if this command stands alone
 */
public record Distribution(Path home) {

    private static final Path PARTS = Path.of("distrib", "target");

    /** The distribution this process was started from. */
    public static Distribution ofProcess() {
        String home = System.getProperty("sekimori.home");
        return new Distribution(home == null ? null : Path.of(home));
    }

    /** Where its jars are: bundles, then the start class path; empty if this command stands alone. */
    public List<Path> jars() {
        return home == null
                ? List.of()
                : List.of(
                        home.resolve(PARTS).resolve("bundles"),
                        home.resolve(PARTS).resolve("slot-lib"));
    }

    /** Its start script; in the working directory if this command stands alone. */
    public Path startScript() {
        return base().resolve(Path.of("distrib", "bin", "sekimori-gateway"));
    }

    /**
     * The Java runtime that a new unit is started with. The system property {@code sekimori.java} is a path that stays
     * when the program is upgraded; without it, that of this process.
     */
    public Path java() {
        String java = System.getProperty("sekimori.java");
        return Path.of(java == null ? System.getProperty("java.home") : java);
    }

    /** The jars of a console: bundles, then the start class path. */
    public List<Path> consoleJars() {
        return List.of(base().resolve("distrib/console/target/bundles"), base().resolve("distrib/target/slot-lib"));
    }

    /** The class path of the broker. */
    public Path brokerLib() {
        return base().resolve("distrib/broker/target/lib");
    }

    /** What a console is made of. */
    public Path consoleFeature() {
        return base().resolve("features/console.json");
    }

    private Path base() {
        return home == null ? Path.of("") : home;
    }
}
