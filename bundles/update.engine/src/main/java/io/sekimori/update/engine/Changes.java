package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.update.PlannedBundle.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that happens between two generations, in the order in which it is done; the way back is the same order
 * from the end.
 */
record Changes(List<Change> all) {

    Changes {
        all = List.copyOf(all);
    }

    /** Whether it takes a new process; then no bundle is swapped in this one. */
    boolean restart() {
        return all.stream().anyMatch(change -> change.action() == Action.RESTART);
    }

    /** Those with this action, in order. */
    List<Change> with(Action action) {
        return all.stream().filter(change -> change.action() == action).toList();
    }

    /** Bundles that come: additions and new versions. */
    List<GenerationBundle> coming() {
        return all.stream()
                .filter(change -> change.action() != Action.KEEP && change.action() != Action.REWIRE)
                .flatMap(change -> change.after().stream())
                .toList();
    }

    /** Bundles that go: removals and old versions. */
    List<GenerationBundle> going() {
        return all.stream()
                .filter(change -> change.action() != Action.KEEP && change.action() != Action.REWIRE)
                .flatMap(change -> change.before().stream())
                .toList();
    }

    /** Bundles that the next generation has and this one has not, and those that are wired anew: what has to prove itself. */
    List<GenerationBundle> onProbation() {
        return all.stream()
                .filter(change ->
                        change.action() == Action.REWIRE || !change.before().equals(change.after()))
                .flatMap(change -> change.after().stream())
                .toList();
    }

    /** The change of one bundle, if it is in either generation. */
    Optional<Change> of(String symbolicName) {
        return all.stream()
                .filter(change -> change.symbolicName().equals(symbolicName))
                .findFirst();
    }

    /** Names of all bundles that are touched. */
    Set<String> touched() {
        return names(all.stream().filter(Change::touches));
    }

    /** Names of all bundles whose services are missing for a while, though they stay. */
    Set<String> interrupted() {
        return names(all.stream()
                .filter(change -> change.action() == Action.REPLACE
                        || change.action() == Action.REWIRE
                        || change.action() == Action.RESTART
                                && change.before().isPresent()
                                && change.after().isPresent()));
    }

    private static Set<String> names(Stream<Change> changes) {
        return changes.map(Change::symbolicName).collect(Collectors.toUnmodifiableSet());
    }
}
