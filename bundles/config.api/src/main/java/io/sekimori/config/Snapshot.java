package io.sekimori.config;

import java.util.Map;
import java.util.Objects;

/**
 * Which version of some configurations was in force at one moment. Holds no value.
 *
 * @param id names it on disk: 1 to 64 of {@code a-z 0-9 -}
 * @param versions version by PID; 0 where there was no configuration
 */
public record Snapshot(String id, Map<String, Long> versions) {

    /** @throws IllegalArgumentException if the id is malformed */
    public Snapshot {
        Objects.requireNonNull(id, "id");
        if (!id.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("id must be 1 to 64 of a-z 0-9 -");
        }
        versions = Map.copyOf(versions);
    }
}
