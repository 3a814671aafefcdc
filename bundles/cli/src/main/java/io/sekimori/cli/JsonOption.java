package io.sekimori.cli;

import picocli.CommandLine.Option;

/** {@code --json}, for commands that print data. */
final class JsonOption {

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    boolean wanted() {
        return json;
    }
}
