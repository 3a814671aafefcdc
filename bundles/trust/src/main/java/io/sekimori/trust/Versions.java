package io.sekimori.trust;

import java.time.Instant;

/** The next version of what is signed again and again. */
final class Versions {

    private Versions() {}

    /**
     * The larger of {@code before + 1} and the seconds since 1970, so that a signer restored from an old backup is
     * not refused for going back.
     */
    static long after(long before, Instant now) {
        return Math.max(Math.addExact(before, 1), now.getEpochSecond());
    }
}
