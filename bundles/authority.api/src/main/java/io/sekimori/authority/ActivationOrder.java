package io.sekimori.authority;

import java.time.Duration;

/**
 * Which gateway is to enrol.
 *
 * @param gatewayId {@code g-} and 12 of {@code a-z 2-7}
 * @param validFor how long the code may be used: a minute to 366 days
 */
public record ActivationOrder(String gatewayId, Duration validFor) {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(366);

    /** @throws IllegalArgumentException if a part is malformed or out of bounds */
    public ActivationOrder {
        if (!gatewayId.matches("g-[a-z2-7]{12}")) {
            throw new IllegalArgumentException("a gateway id is g- and 12 of a-z 2-7");
        }
        if (validFor.compareTo(LEAST) < 0 || validFor.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("an activation is valid for a minute to 366 days");
        }
    }
}
