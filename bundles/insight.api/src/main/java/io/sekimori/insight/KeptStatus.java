package io.sekimori.insight;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What a gateway said of itself, proved with its device key.
 *
 * @param gateway its id
 * @param sequence grows with each status of a gateway
 * @param at when it looked, by its own clock
 * @param received when this console had it
 * @param members what it said, as docs/status.md describes it: {@code generation}, {@code bundles}, {@code health}, {@code
 *     resources}, {@code certificates}, {@code findings}; of String, Long, and Map and List of these, bounded and cleaned
 */
public record KeptStatus(String gateway, long sequence, Instant at, Instant received, Map<String, ?> members) {

    /** Copies the map. */
    public KeptStatus {
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(received, "received");
        members = Map.copyOf(members);
    }
}
