package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * At which start levels the bundles of a gateway start, as it reported. Immutable.
 *
 * @param levels by symbolic name
 */
record ReportedLevels(Map<String, Integer> levels) {

    ReportedLevels {
        levels = Map.copyOf(levels);
    }

    /**
     * Of a report that was verified when it was taken; none if {@code changes} concern none, or if it cannot be read, which
     * whoever signs refuses.
     */
    static ReportedLevels of(String signed, List<BundleChange> changes) {
        Map<String, Integer> levels = new HashMap<>();
        if (changes.stream().noneMatch(ReportedLevels::takesAway)) {
            return new ReportedLevels(levels);
        }
        try {
            for (UnitReport.Item item : SignedReport.unverified(signed.getBytes(StandardCharsets.UTF_8))
                    .running()
                    .bundles()) {
                levels.put(item.symbolicName(), item.startLevel());
            }
        } catch (TrustException e) {
            return new ReportedLevels(Map.of());
        }
        return new ReportedLevels(levels);
    }

    /** Whether every bundle has the level that {@code changes} name. */
    boolean have(List<BundleChange> changes) {
        return changes.stream()
                .filter(change -> change.startLevel().isPresent())
                .allMatch(change -> OptionalInt.of(levels.getOrDefault(change.symbolicName(), 0))
                        .equals(change.startLevel()));
    }

    /** The level that undoing {@code change} gives back; empty if it takes none away, or none is known. */
    OptionalInt before(BundleChange change) {
        Integer level = levels.get(change.symbolicName());
        return takesAway(change) && level != null ? OptionalInt.of(level) : OptionalInt.empty();
    }

    private static boolean takesAway(BundleChange change) {
        return change.kind() == BundleChange.Kind.BUNDLE
                && (change.startLevel().isPresent() || change.version().isEmpty());
    }
}
