package io.sekimori.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says when something that happens again and again is due for a record: the first time, and then no more than once in a pause,
 * with how often it happened since. So what somebody tries without end fills no audit, and is not forgotten either. What was
 * only counted is lost with the process, and where more things repeat than are kept apart. Thread-safe.
 */
public final class Repeats {

    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Duration pause;
    private final Map<String, Counted> counted = new LinkedHashMap<>();

    private record Counted(long since, Instant recorded) {}

    /** @param pause between two records of the same */
    public Repeats(InstantSource clock, Duration pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Counts one.
     *
     * @param what the same each time; not what whoever repeats it may choose anew each time
     * @return how many a record now stands for, with this one; 0 if none is due
     */
    public synchronized long due(String what) {
        Instant now = clock.instant();
        Counted known = counted.remove(what);
        // Whatever the clock did: a record of the future holds none back.
        if (known != null
                && !now.isBefore(known.recorded())
                && now.isBefore(known.recorded().plus(pause))) {
            counted.put(what, new Counted(known.since() + 1, known.recorded()));
            return 0;
        }
        if (counted.size() >= MOST) {
            counted.remove(counted.keySet().iterator().next()); // which was not heard of for the longest time
        }
        counted.put(what, new Counted(0, now));
        return (known == null ? 0 : known.since()) + 1;
    }
}
