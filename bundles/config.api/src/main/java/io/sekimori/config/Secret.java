package io.sekimori.config;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import javax.security.auth.Destroyable;

/**
 * A password on its way into a configuration. It cannot be printed, compared or serialized; its characters
 * are wiped by {@link #close()}, which whoever made it must call.
 *
 * <p>Thread-safe.
 */
public final class Secret implements AutoCloseable, Destroyable {

    private final char[] characters;
    private boolean destroyed;

    /** @param characters the password; copied, so the caller wipes its own array */
    public Secret(char[] characters) {
        this.characters = Objects.requireNonNull(characters, "characters").clone();
    }

    /**
     * Lets {@code use} read the password. It must not keep the array, which is wiped afterwards.
     *
     * @throws IllegalStateException if the secret was destroyed
     */
    public synchronized <T> T reveal(Function<char[], T> use) {
        if (destroyed) {
            throw new IllegalStateException("the secret was destroyed");
        }
        char[] copy = characters.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    @Override
    public synchronized void destroy() {
        Arrays.fill(characters, '\0');
        destroyed = true;
    }

    @Override
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
