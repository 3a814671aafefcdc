package io.sekimori.access;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A password made for somebody, shown once to whoever asked for it. Close it when it was shown. Thread-safe.
 */
public final class OneTimePassword implements AutoCloseable {

    private final char[] characters;

    /** @param characters the password; copied, so the caller wipes its own array */
    public OneTimePassword(char[] characters) {
        this.characters = characters.clone();
    }

    /** Lets {@code use} read the password. It must not keep the array, which is wiped afterwards. */
    public synchronized <T> T reveal(Function<char[], T> use) {
        char[] copy = characters.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    @Override
    public synchronized void close() {
        Arrays.fill(characters, '\0');
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
