package io.sekimori.demo.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What became of the calls of one round, by conversation. Thread-safe. */
final class Tally {

    private final Map<String, Count> counts = new TreeMap<>();
    private long reconfigured;
    private long refused;
    private @Nullable String refusal;

    private static final class Count {
        private long made;
        private long lost;
        private long longestNanos;
        private long longestBeyondNanos;
        private @Nullable String firstLoss;
    }

    synchronized void made(String conversation, Duration asked, long tookNanos) {
        Count count = counts.computeIfAbsent(conversation, name -> new Count());
        count.made++;
        count.longestNanos = Math.max(count.longestNanos, tookNanos);
        count.longestBeyondNanos = Math.max(count.longestBeyondNanos, tookNanos - asked.toNanos());
    }

    synchronized void lost(String conversation, LostCall loss) {
        Count count = counts.computeIfAbsent(conversation, name -> new Count());
        count.made++;
        count.lost++;
        if (count.firstLoss == null) {
            count.firstLoss = String.valueOf(loss.getMessage());
        }
    }

    synchronized void reconfigured() {
        reconfigured++;
    }

    synchronized void refused(String why) {
        refused++;
        refusal = why;
    }

    /** As written into the report. */
    synchronized Map<String, Object> asMap() {
        Map<String, Object> calls = new TreeMap<>();
        counts.forEach((name, count) -> calls.put(name, asMap(count)));
        Map<String, Object> all = new TreeMap<>();
        all.put("calls", calls);
        all.put("reconfigured", reconfigured);
        all.put("reconfigurationsRefused", refused);
        if (refusal != null) {
            all.put("refusal", refusal);
        }
        return all;
    }

    private static Map<String, Object> asMap(Count count) {
        Map<String, Object> map = new TreeMap<>();
        map.put("made", count.made);
        map.put("lost", count.lost);
        map.put("longestMillis", TimeUnit.NANOSECONDS.toMillis(count.longestNanos));
        map.put("longestBeyondAskedMillis", TimeUnit.NANOSECONDS.toMillis(count.longestBeyondNanos));
        if (count.firstLoss != null) {
            map.put("firstLoss", count.firstLoss);
        }
        return map;
    }
}
