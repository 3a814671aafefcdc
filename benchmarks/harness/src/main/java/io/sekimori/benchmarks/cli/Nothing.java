package io.sekimori.benchmarks.cli;

/** The limit: a program that does nothing. */
public final class Nothing {

    private Nothing() {}

    /** Does nothing. */
    public static void main(String[] arguments) {
        // That is all.
    }
}
