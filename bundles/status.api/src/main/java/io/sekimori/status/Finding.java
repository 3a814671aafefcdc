package io.sekimori.status;

import java.time.Instant;
import java.util.Objects;

/**
 * Something that somebody should look at.
 *
 * @param code stable, 1 to 64 of {@code A-Z 0-9 _}; its area has advice for it
 * @param detail which one, safe to show, without control characters, at most 300 characters; the same for as long as it is
 *     the same finding
 * @param since when it was first seen
 */
public record Finding(String code, String detail, Instant since) {

    private static final int MOST = 300;

    /**
     * Shortens and cleans the detail.
     *
     * @throws IllegalArgumentException if the code is malformed
     */
    public Finding {
        Objects.requireNonNull(since, "since");
        if (!code.matches("[A-Z0-9_]{1,64}")) {
            throw new IllegalArgumentException("a code is 1 to 64 of A-Z 0-9 _");
        }
        detail = Text.safe(detail, MOST);
    }
}
