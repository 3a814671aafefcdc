package io.sekimori.local;

import org.jspecify.annotations.Nullable;

/**
 * What a call works with. Declarative Services clears the references of a component that is deactivated, so it keeps them at
 * its end for calls that are still under way, or that were about to be made. Stateless.
 */
final class Lasting {

    private Lasting() {}

    /** The service that is there, or else the one that was there at the end; null if there was none. */
    static <T> @Nullable T of(@Nullable T current, @Nullable T atEnd) {
        return current == null ? atEnd : current;
    }
}
