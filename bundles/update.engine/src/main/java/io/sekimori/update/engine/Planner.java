package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.PlannedBundle.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Works out how to get from one generation to the next. Pure: knows neither disk nor framework.
 *
 * <p>The stricter of the swap modes of the old and the new version counts, since both live through the swap. One bundle
 * that needs a new process makes the whole transition need it. The engine itself goes last.
 */
final class Planner {

    private static final String WITH_THE_PROCESS = "the process is restarted for another bundle";

    private final String engine;

    /** @param engine symbolic name of the bundle that carries the transition out */
    Planner(String engine) {
        this.engine = engine;
    }

    /**
     * The changes, in order: additions, then new versions, then what is only wired anew, then removals; lower start
     * levels first, removals from the highest.
     */
    Changes plan(Generation from, Generation to, Rewiring rewiring) {
        Map<String, GenerationBundle> before = byName(from);
        Map<String, GenerationBundle> after = byName(to);
        List<Change> changes = new ArrayList<>();
        for (String name : union(before, after)) {
            changes.add(change(
                    name, Optional.ofNullable(before.get(name)), Optional.ofNullable(after.get(name)), rewiring));
        }
        Optional<String> restart = restart(from, to, changes, rewiring);
        return new Changes(restart.isPresent() ? restarted(changes, restart.get()) : inOrder(changes));
    }

    /** The changes when a new process makes them, whatever the swap modes say. */
    Changes planRestart(Generation from, Generation to) {
        List<Change> changes = plan(from, to, Rewiring.NONE).all();
        return new Changes(restarted(changes, WITH_THE_PROCESS));
    }

    private Optional<String> restart(Generation from, Generation to, List<Change> changes, Rewiring rewiring) {
        if (!from.slot().equals(to.slot())) {
            return Optional.of("launcher, framework or Java runtime change");
        }
        if (rewiring.needsNewProcess().isPresent()) {
            return rewiring.needsNewProcess();
        }
        return changes.stream()
                .flatMap(change -> needsNewProcess(change).stream())
                .findFirst();
    }

    private Optional<String> needsNewProcess(Change change) {
        if (change.action() == Action.RESTART) {
            return Optional.of(WITH_THE_PROCESS);
        }
        boolean infrastructure =
                change.before().filter(bundle -> bundle.swap() == Swap.RESTART).isPresent();
        if (change.action() == Action.REWIRE
                && (infrastructure || change.symbolicName().equals(engine))) {
            return Optional.of(change.symbolicName() + " would have to be wired anew");
        }
        boolean engineGoes = change.symbolicName().equals(engine)
                && (change.action() == Action.REMOVE || change.action() == Action.REPLACE);
        return engineGoes ? Optional.of("the engine cannot be away during a transition") : Optional.empty();
    }

    private static List<Change> restarted(List<Change> changes, String why) {
        return changes.stream()
                .map(change -> change.action() == Action.RESTART ? change : change.as(Action.RESTART, why))
                .sorted(Comparator.comparing(Change::symbolicName))
                .toList();
    }

    private List<Change> inOrder(List<Change> changes) {
        Comparator<Change> byLevel = Comparator.comparingInt(
                change -> change.action() == Action.REMOVE ? -change.startLevel() : change.startLevel());
        return changes.stream()
                .sorted(Comparator.<Change>comparingInt(this::turn)
                        .thenComparing(byLevel)
                        .thenComparing(Change::symbolicName))
                .toList();
    }

    private int turn(Change change) {
        if (change.symbolicName().equals(engine) && change.touches()) {
            return 5;
        }
        return switch (change.action()) {
            case KEEP -> 0;
            case ADD -> 1;
            case OVERLAP, REPLACE, RESTART -> 2;
            case REWIRE -> 3;
            case REMOVE -> 4;
        };
    }

    private static Change change(
            String name, Optional<GenerationBundle> before, Optional<GenerationBundle> after, Rewiring rewiring) {
        Action action = action(before, after);
        String why = rewiring.rewired().getOrDefault(name, "");
        return action == Action.KEEP && !why.isEmpty()
                ? new Change(name, Action.REWIRE, before, after, why)
                : new Change(name, action, before, after, "");
    }

    private static Action action(Optional<GenerationBundle> before, Optional<GenerationBundle> after) {
        if (before.map(GenerationBundle::sha256).equals(after.map(GenerationBundle::sha256))) {
            return Action.KEEP;
        }
        Swap strictest = strictest(before, after);
        if (strictest == Swap.RESTART) {
            return Action.RESTART;
        }
        if (before.isEmpty()) {
            return Action.ADD;
        }
        if (after.isEmpty()) {
            return Action.REMOVE;
        }
        return strictest == Swap.OVERLAP ? Action.OVERLAP : Action.REPLACE;
    }

    private static Swap strictest(Optional<GenerationBundle> before, Optional<GenerationBundle> after) {
        Swap old = before.map(GenerationBundle::swap).orElse(Swap.OVERLAP);
        Swap young = after.map(GenerationBundle::swap).orElse(Swap.OVERLAP);
        return old.compareTo(young) > 0 ? old : young;
    }

    private static Map<String, GenerationBundle> byName(Generation generation) {
        return generation.bundles().stream()
                .collect(Collectors.toMap(GenerationBundle::symbolicName, Function.identity()));
    }

    private static Iterable<String> union(Map<String, GenerationBundle> before, Map<String, GenerationBundle> after) {
        Map<String, GenerationBundle> union = new TreeMap<>(before);
        union.putAll(after);
        return union.keySet();
    }
}
