package io.sekimori.fleet;

import java.util.List;

/**
 * What many gateways run, counted: how many of them run each part, by the newest report that each of them signed.
 *
 * @param told how many of them said what they run
 * @param unknown ids of the others, in their order: they never reported, did not know what they run, or nothing was heard of them
 *     lately, so that they may run something else by now. No count holds them
 * @param bundles each bundle that any of them runs; another version, or the same one with other bytes, is another one
 * @param slot what they start with, in the same way: launcher, framework, Java runtime
 */
public record Census(int told, List<String> unknown, List<Count> bundles, List<Count> slot) {

    /** @throws IllegalArgumentException if the number is negative */
    public Census {
        Bounds.require(told >= 0, "a count is not negative");
        unknown = List.copyOf(unknown);
        bundles = List.copyOf(bundles);
        slot = List.copyOf(slot);
    }

    /** So many gateways run this. */
    public record Count(RunningBundle part, int gateways) {

        /** @throws IllegalArgumentException if nobody runs it */
        public Count {
            Bounds.require(gateways >= 1, "somebody runs it");
        }
    }
}
