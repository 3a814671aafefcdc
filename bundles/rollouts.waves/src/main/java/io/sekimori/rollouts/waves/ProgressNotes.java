package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.RolloutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What gateways say about their progress: at most one write in {@link #PAUSE} for each. Thread-safe. */
final class ProgressNotes {

    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int MOST_CHARS = 200;
    private static final int REMEMBERED = 20_000;

    private final WaveRecords records;
    private final Clock clock;
    private final Map<String, Instant> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    ProgressNotes(WaveRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    void take(String gateway, String text) throws RolloutException {
        if (!isDue(gateway, clock.instant())) {
            return;
        }
        String cut = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
        String cleaned = cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        records.write(connection -> OpenTargets.progress(connection, gateway, cleaned, clock.instant()));
    }

    private synchronized boolean isDue(String gateway, Instant now) {
        Instant last = written.get(gateway);
        if (last != null && !now.isBefore(last) && now.isBefore(last.plus(PAUSE))) {
            return false;
        }
        written.put(gateway, now);
        return true;
    }
}
