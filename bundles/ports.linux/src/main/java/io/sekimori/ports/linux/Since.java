package io.sekimori.ports.linux;

import io.sekimori.ports.PortCode;
import io.sekimori.ports.PortFinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers when each finding was first seen, for as long as it is seen. Thread-safe. */
final class Since {

    /** A bundle that has just started needs a moment until it listens. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final int MOST = 200;

    /** One thing found, without its time. */
    record Found(PortCode code, String detail) {}

    private final Map<Found, Instant> first = new HashMap<>();

    /** With their times; what is found no more is forgotten, and what may still come right is left out. */
    synchronized List<PortFinding> of(List<Found> found, Instant now) {
        first.keySet().retainAll(found);
        List<PortFinding> findings = new ArrayList<>();
        for (Found each : found.stream().distinct().limit(MOST).toList()) {
            Instant since = first.computeIfAbsent(each, one -> now);
            if (since.isAfter(now)) {
                first.put(each, now); // the clock was put back
                since = now;
            }
            if (each.code() != PortCode.PORT_MISSING || !since.plus(GRACE).isAfter(now)) {
                findings.add(new PortFinding(each.code(), each.detail(), since));
            }
        }
        return findings;
    }
}
