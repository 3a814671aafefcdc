package io.sekimori.lasting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call works with. Declarative Services clears the dynamic references of a component that it deactivates, so the
 * component keeps them at its end for calls that are still under way, or that were about to be made.
 *
 * <p>Give the reference first and what was kept second: Java reads them in that order, and what is kept is written before
 * the reference is cleared, so one of both is there. Stateless.
 */
public final class Lasting {

    private Lasting() {}

    /** The service that is there, or else the one that was there at the end; null if there was none. */
    public static <T> @Nullable T of(@Nullable T current, @Nullable T atEnd) {
        return current == null ? atEnd : current;
    }

    /**
     * The services that were there at the end, or else, before it, those that are there. Kept ones go first since
     * Declarative Services takes the others from the list one after the other.
     */
    public static <T> List<T> all(List<T> current, List<T> atEnd) {
        return atEnd.isEmpty() ? current : atEnd;
    }
}
