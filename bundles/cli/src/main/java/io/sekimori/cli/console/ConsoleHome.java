package io.sekimori.cli.console;

import java.nio.file.Path;

/**
 * Where the files of a console lie. {@code offline} holds what signs for years: whoever set the console up takes it to a
 * medium that is in no machine while nobody signs.
 *
 * @param directory the console's directory
 */
record ConsoleHome(Path directory) {

    /** What people may know of it: addresses, account. */
    Path facts() {
        return directory.resolve("console.json");
    }

    /** The same beside what signs for years, so that a console can be restored from there. */
    ConsoleHome factsCopy() {
        return new ConsoleHome(offline());
    }

    Path offline() {
        return directory.resolve("offline");
    }

    /** The keys of the publisher, of both roots, and of the factory. */
    Path keys() {
        return offline().resolve("keys");
    }

    /** The publisher's release repository: what gateways may run. */
    Path releases() {
        return offline().resolve("releases");
    }

    /** The director as the factory uses it: what a unit runs when it leaves. */
    Path director() {
        return offline().resolve("director");
    }

    /** The console's own software: its keys, releases and director. */
    Path own() {
        return offline().resolve("console");
    }

    /** The unit that the console runs as. */
    Path unit() {
        return directory.resolve("unit");
    }

    Path broker() {
        return directory.resolve("broker");
    }

    Path logs() {
        return directory.resolve("log");
    }

    /** The durable data of one of its bundles. */
    Path data(String bundle) {
        return unit().resolve("data").resolve(bundle);
    }
}
