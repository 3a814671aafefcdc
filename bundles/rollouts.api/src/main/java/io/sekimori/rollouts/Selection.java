package io.sekimori.rollouts;

import java.util.List;
import java.util.Map;

/** Which gateways a rollout is for. It is frozen when the rollout is created. */
public sealed interface Selection {

    /** The most gateways of one rollout. */
    int MAX_TARGETS = 100_000;

    /**
     * These, in this order.
     *
     * @param ids 1 to {@value #MAX_TARGETS}, no id twice
     */
    record Listed(List<String> ids) implements Selection {

        /** @throws IllegalArgumentException if there is none, too many, or an id twice */
        public Listed {
            ids = List.copyOf(ids);
            Bounds.require(!ids.isEmpty() && ids.size() <= MAX_TARGETS, "a rollout has 1 to 100,000 targets");
            Bounds.require(ids.stream().distinct().count() == ids.size(), "an id is listed twice");
        }
    }

    /**
     * All activated gateways that match now.
     *
     * @param filter conditions in the words of the fleet's filter; empty means all
     */
    record Matching(Map<String, String> filter) implements Selection {

        /** @throws NullPointerException if a part is null */
        public Matching {
            filter = Map.copyOf(filter);
        }
    }
}
