package io.sekimori.control;

import java.util.Map;

/** What a person who asked is told. */
public sealed interface ControlAnswer {

    /**
     * It is done.
     *
     * @param members String, Long, Boolean, and Map and List of these; as JSON at most 1 MiB
     */
    record Done(Map<String, ?> members) implements ControlAnswer {

        /** Copies the map. */
        public Done {
            members = Map.copyOf(members);
        }
    }

    /**
     * It is refused.
     *
     * @param code stable, {@code UPPER_SNAKE}
     * @param detail safe to show
     */
    record Refused(String code, String detail) implements ControlAnswer {}
}
