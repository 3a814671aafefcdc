package io.sekimori.releases;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the next assignment differs from what a gateway reported.
 *
 * @param set versions of bundles, whether or not the bundle runs there
 * @param remove symbolic names of bundles to be removed
 * @param configurations by PID, values by name that are set: String, Long, Boolean or List of String; others of the PID
 *     stay
 */
public record Changes(List<Setting> set, Set<String> remove, Map<String, Map<String, Object>> configurations) {

    /** No change. */
    public static final Changes NONE = new Changes(List.of(), Set.of(), Map.of());

    public Changes {
        set = List.copyOf(set);
        remove = Set.copyOf(remove);
        configurations = Map.copyOf(configurations);
    }

    /**
     * A bundle in a version.
     *
     * @param startLevel 1 to 100; empty for the one it has, or 10 for a new bundle
     */
    public record Setting(String symbolicName, String version, OptionalInt startLevel) {}
}
