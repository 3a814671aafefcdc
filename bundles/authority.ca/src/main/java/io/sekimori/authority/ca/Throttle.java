package io.sekimori.authority.ca;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever tries wrong codes, by address, of IPv6 by network. A code has 128 random bits, so this is not what keeps guessers out;
 * it bounds what they cost and what they leave in the audit. Remembers a bounded number of addresses, in memory: a
 * console that was restarted begins anew. Thread-safe.
 */
final class Throttle {

    private static final int FREE = 10;
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration FORGET = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Tries> tries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Tries(int wrong, Instant last) {}

    Throttle(Clock clock) {
        this.clock = clock;
    }

    /** How long this address has to wait before it may try again; zero if it need not. */
    synchronized Duration pause(String address) {
        Tries known = tries.get(address);
        Instant now = clock.instant();
        if (known == null || known.wrong() <= FREE) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(known.wrong() - FREE, 20));
        Instant end = known.last().plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
    }

    /** Takes note of a wrong try. */
    synchronized void wrong(String address) {
        Instant now = clock.instant();
        Tries known = tries.get(address);
        boolean begin = known == null || known.last().plus(FORGET).isBefore(now);
        tries.put(address, new Tries(begin ? 1 : known.wrong() + 1, now));
    }
}
