package io.sekimori.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The record of a finished transition.
 *
 * @param assignment the version of the assignment that was tried: the signed one, or the one it claimed to have if it was
 *     refused; 0 if that is not known
 * @param offlineStale since when the metadata that it was accepted with was past its expiry, which a person on site who
 *     brought it on a medium answers for; empty if it was fresh
 * @param swaps what was measured for each bundle that was swapped in the running process
 */
public record TransitionReport(
        String id,
        int from,
        int to,
        long assignment,
        Origin origin,
        Instant started,
        Instant ended,
        Outcome outcome,
        Optional<Instant> offlineStale,
        List<Swapped> swaps) {

    public TransitionReport {
        swaps = List.copyOf(swaps);
    }

    /**
     * One bundle's swap.
     *
     * @param gap how long neither version was there; zero for an overlap
     * @param took the whole swap, checks included
     */
    public record Swapped(String symbolicName, PlannedBundle.Action action, Duration gap, Duration took) {}
}
