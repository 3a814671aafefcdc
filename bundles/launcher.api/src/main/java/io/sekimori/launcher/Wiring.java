package io.sekimori.launcher;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who gets what from whom, as a value two of which can be compared: {@code symbolic name/version} to sorted lines
 * {@code namespace;requirement -> symbolic name/version}. Execution environment, native code and requirements that
 * are not effective at resolve time (services) are left out, and so are dynamic wires: they depend on what ran.
 *
 * @param wires an unmodifiable sorted map; a bundle without wires has an empty list
 */
public record Wiring(SortedMap<String, List<String>> wires) {

    /** Copies and sorts. */
    public Wiring {
        SortedMap<String, List<String>> copy = new TreeMap<>();
        wires.forEach((bundle, lines) -> copy.put(bundle, List.copyOf(new TreeSet<>(lines))));
        wires = Collections.unmodifiableSortedMap(copy);
    }

    /** Of any map. */
    public static Wiring of(Map<String, ? extends Collection<String>> wires) {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        wires.forEach((bundle, lines) -> sorted.put(bundle, List.copyOf(lines)));
        return new Wiring(sorted);
    }

    /** The lines by which the two differ, {@code -} only here, {@code +} only there; empty when they are equal. */
    public List<String> differences(Wiring other) {
        TreeSet<String> lines = new TreeSet<>();
        addMissing(lines, "- ", this, other);
        addMissing(lines, "+ ", other, this);
        return List.copyOf(lines);
    }

    private static void addMissing(TreeSet<String> lines, String sign, Wiring from, Wiring in) {
        from.wires.forEach((bundle, wires) -> {
            List<String> others = in.wires.get(bundle);
            if (others == null) {
                lines.add(sign + bundle);
            }
            for (String wire : wires) {
                if (others == null || !others.contains(wire)) {
                    lines.add(sign + bundle + ": " + wire);
                }
            }
        });
    }
}
