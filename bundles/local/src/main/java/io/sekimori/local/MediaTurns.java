package io.sekimori.local;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When a pack on a medium is judged: once for as long as it lies there and stays the same. One that is another at each look
 * waits twice as long from time to time, and all together have so many turns and no more: a medium may be a machine that
 * makes up a new file whenever it is asked. Confined to one thread.
 */
final class MediaTurns {

    /** How long a pack that was judged and has changed waits at first. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    /** How long it waits at most; as long again without a change, and nothing of that is held against it. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** So many are judged one after the other, such as what lies on a full stick. */
    static final int MOST_TURNS = 400;

    /** How long it takes until one more may be judged then. */
    static final Duration NEXT_TURN = Duration.ofSeconds(15);

    private final Clock clock;
    private final Map<Path, Judged> judged = new HashMap<>();
    private int left = MOST_TURNS;
    private Instant counted;

    /** @param times how often in a row it was another one */
    private record Judged(String id, int times, Instant when) {}

    MediaTurns(Clock clock) {
        this.clock = clock;
        this.counted = clock.instant();
    }

    /** As if nothing had ever lain there; the turns that were used are. */
    void forget() {
        judged.clear();
    }

    /** What does not lie there any more is forgotten. */
    void keep(List<Pack> there) {
        judged.keySet().retainAll(there.stream().map(Pack::file).collect(Collectors.toSet()));
    }

    /** Whether that pack is to be judged now. */
    boolean has(Pack pack) {
        Judged last = judged.get(pack.file());
        return (last == null
                        || !last.id().equals(pack.id())
                                && !since(last).minus(pause(last)).isNegative())
                && left() > 0;
    }

    /** It was judged. */
    void used(Pack pack) {
        Judged last = judged.get(pack.file());
        boolean inARow = last != null && since(last).compareTo(LONGEST_PAUSE.multipliedBy(2)) < 0;
        judged.put(pack.file(), new Judged(pack.id(), inARow ? last.times() + 1 : 1, clock.instant()));
        left--;
    }

    // Whatever the clock did in between: one that was set back keeps nothing waiting.
    private Duration since(Judged last) {
        return Duration.between(last.when(), clock.instant()).abs();
    }

    private static Duration pause(Judged last) {
        Duration pause = PAUSE;
        for (int i = 1; i < last.times() && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private int left() {
        Instant now = clock.instant();
        long more = Duration.between(counted, now).abs().dividedBy(NEXT_TURN);
        if (more > 0) {
            left = (int) Math.min(MOST_TURNS, left + more);
            counted = now;
        }
        return left;
    }
}
