package io.sekimori.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * Where the demo keeps what it makes, and where it finds what was built.
 *
 * @param home the clone or installation
 * @param state everything the demo makes; {@code demo --clean} removes it
 */
record Place(Path home, Path state) {

    Path keys() {
        return state.resolve("keys");
    }

    Path repository() {
        return state.resolve("repository");
    }

    Path director() {
        return state.resolve("director");
    }

    Path unit(String serial) {
        return state.resolve("u").resolve(serial);
    }

    Path packs() {
        return state.resolve("packs");
    }

    Path jars() {
        return state.resolve("jars");
    }

    Path pidFile(String serial) {
        return state.resolve(serial + ".pid");
    }

    Path log(String serial) {
        return state.resolve(serial + ".log");
    }

    Path gatewayFeature() {
        return home.resolve("features/gateway.json");
    }

    Path demoFeature() {
        return home.resolve("demo/feature.json");
    }

    /** The directories with the jars that the features name. */
    List<Path> jarDirectories() {
        return List.of(home.resolve("distrib/target/bundles"), home.resolve("distrib/target/slot-lib"), parts());
    }

    /** The jars that only the demo has: traffic, guest, and Apache Felix's event admin in two versions. */
    Path parts() {
        return home.resolve("demo/target/parts");
    }
}
