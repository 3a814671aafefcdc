package io.sekimori.releases;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the next assignment differs from what a gateway reported.
 *
 * @param set versions of what is to run, whether or not it runs there. A Java runtime takes the place of whichever runs.
 * @param remove what is to run no more
 * @param configurations by PID, values by name that are set: String, Long, Boolean or List of String; others of the PID
 *     stay
 */
public record Changes(List<Setting> set, Set<Part> remove, Map<String, Map<String, Object>> configurations) {

    /** No change. */
    public static final Changes NONE = new Changes(List.of(), Set.of(), Map.of());

    public Changes {
        set = List.copyOf(set);
        remove = Set.copyOf(remove);
        configurations = Map.copyOf(configurations);
    }

    /** One of those that a gateway runs: a bundle, a jar that it starts with, or its Java runtime. */
    public record Part(Release.Kind kind, String symbolicName) {

        /** A bundle. */
        public static Part bundle(String symbolicName) {
            return new Part(Release.Kind.BUNDLE, symbolicName);
        }
    }

    /**
     * A part in a version.
     *
     * @param startLevel 1 to 100; empty for the one it has, or 10 for what is new
     */
    public record Setting(Part part, String version, OptionalInt startLevel) {

        /** Of a bundle. */
        public Setting(String symbolicName, String version, OptionalInt startLevel) {
            this(Part.bundle(symbolicName), version, startLevel);
        }
    }
}
