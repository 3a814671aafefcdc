package io.sekimori.cli;

import picocli.CommandLine.Option;

/** {@code --json}, for commands that print data. */
public final class JsonOption {

    @Option(names = "--json", descriptionKey = "json")
    private boolean json;

    /** Whether JSON is wanted. */
    public boolean wanted() {
        return json;
    }
}
