package io.sekimori.fleet;

import java.util.List;
import java.util.Map;

/**
 * What many gateways run, counted: how many of them run each part, by the newest report that each of them signed.
 *
 * @param told how many of them said what they run
 * @param unknown ids of the others, in their order: they never reported, did not know what they run, or nothing was heard of them
 *     lately, so that they may run something else by now. No count holds them
 * @param bundles the bundles that they run
 * @param slot what they start with: launcher, framework, Java runtime
 */
public record Census(int told, List<String> unknown, Parts bundles, Parts slot) {

    /** @throws IllegalArgumentException if the number is negative */
    public Census {
        Bounds.require(told >= 0, "a count is not negative");
        unknown = List.copyOf(unknown);
    }

    /**
     * Parts, and how many gateways run them.
     *
     * @param counts each part that any of them runs; another version, or the same one with other bytes, is another one
     * @param having how many gateways run any version of each name. It is no sum of the counts: one gateway may run several
     */
    public record Parts(List<Count> counts, Map<String, Integer> having) {

        public static final Parts NONE = new Parts(List.of(), Map.of());

        public Parts {
            counts = List.copyOf(counts);
            having = Map.copyOf(having);
        }
    }

    /** So many gateways run this. */
    public record Count(RunningBundle part, int gateways) {

        /** @throws IllegalArgumentException if nobody runs it */
        public Count {
            Bounds.require(gateways >= 1, "somebody runs it");
        }
    }
}
