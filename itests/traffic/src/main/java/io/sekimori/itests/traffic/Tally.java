package io.sekimori.itests.traffic;

import java.time.Duration;
import java.util.List;

/**
 * What became of the calls.
 *
 * @param made  calls that got what they called for
 * @param lost  calls that did not
 * @param longest the longest time a call took beyond the length chosen for it
 * @param losses what the first few lost calls met
 */
public record Tally(long made, long lost, Duration longest, List<String> losses) {

    public Tally {
        losses = List.copyOf(losses);
    }
}
