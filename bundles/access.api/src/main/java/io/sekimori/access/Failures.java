package io.sekimori.access;

import java.time.Instant;
import java.util.Objects;

/**
 * Failed sign-ins of one name or address.
 *
 * @param count how many since the last success
 * @param last when the last one was
 * @param closedUntil until when nothing is checked
 */
public record Failures(int count, Instant last, Instant closedUntil) {

    /** Nobody failed. */
    public static final Failures NONE = new Failures(0, Instant.EPOCH, Instant.EPOCH);

    /** @throws IllegalArgumentException if the count is negative */
    public Failures {
        if (count < 0) {
            throw new IllegalArgumentException("count is negative");
        }
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(closedUntil, "closedUntil");
    }
}
