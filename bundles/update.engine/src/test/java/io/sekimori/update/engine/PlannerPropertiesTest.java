package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.PlannedBundle.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * What holds of every plan; each repetition tries many random pairs of generations, the same ones in every run unless
 * {@code -Dtests.seed} asks for others.
 */
class PlannerPropertiesTest {

    private static final String ENGINE = "b0";
    private static final int PAIRS = 500;
    private static final long SEED = Long.getLong("tests.seed", 0);

    @RepeatedTest(20)
    void everyPlanLeadsFromTheOneToTheOtherAndBack(RepetitionInfo repetition) {
        Random random = new Random(SEED + repetition.getCurrentRepetition());
        for (int i = 0; i < PAIRS; i++) {
            Generation from = generation(random, 1);
            Generation to = generation(random, 2);
            Rewiring rewiring = rewiring(random, from, to);

            Changes changes = new Planner(ENGINE).plan(from, to, rewiring);

            assertThat(carriedOut(from, changes)).isEqualTo(digests(to));
            assertThat(takenBack(to, changes)).isEqualTo(digests(from));
            assertRestartWins(from, to, changes);
            assertInterruptions(changes);
            assertOneOfEachName(to, changes);
            assertOrder(changes);
        }
    }

    private static void assertOneOfEachName(Generation to, Changes changes) {
        assertThat(changes.all()).extracting(Change::symbolicName).doesNotHaveDuplicates();
        assertThat(changes.all().stream()
                        .flatMap(change -> change.after().stream())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(to.bundles());
    }

    private static Set<String> carriedOut(Generation from, Changes changes) {
        Set<String> running = new HashSet<>(digests(from));
        for (Change change : changes.all()) {
            if (change.touches()) {
                change.before().ifPresent(bundle -> running.remove(bundle.sha256()));
                change.after().ifPresent(bundle -> running.add(bundle.sha256()));
            }
        }
        return running;
    }

    private static Set<String> takenBack(Generation to, Changes changes) {
        Set<String> running = new HashSet<>(digests(to));
        List<Change> reverse = new ArrayList<>(changes.all());
        Collections.reverse(reverse);
        for (Change change : reverse) {
            if (change.touches()) {
                change.after().ifPresent(bundle -> running.remove(bundle.sha256()));
                change.before().ifPresent(bundle -> running.add(bundle.sha256()));
            }
        }
        return running;
    }

    private static void assertRestartWins(Generation from, Generation to, Changes changes) {
        Set<String> before = digests(from);
        Set<String> after = digests(to);
        boolean infrastructure = from.bundles().stream()
                        .anyMatch(bundle -> bundle.swap() == Swap.RESTART && !after.contains(bundle.sha256()))
                || to.bundles().stream()
                        .anyMatch(bundle -> bundle.swap() == Swap.RESTART && !before.contains(bundle.sha256()));
        if (infrastructure) {
            assertThat(changes.restart()).isTrue();
        }
        if (changes.restart()) {
            assertThat(changes.all()).allMatch(change -> change.action() == Action.RESTART);
        }
    }

    private static void assertInterruptions(Changes changes) {
        Set<String> expected = changes.all().stream()
                .filter(change -> change.before().isPresent() && change.after().isPresent())
                .filter(change -> switch (change.action()) {
                    case REPLACE, REWIRE, RESTART -> true;
                    case KEEP, ADD, REMOVE, OVERLAP -> false;
                })
                .map(Change::symbolicName)
                .collect(Collectors.toSet());
        assertThat(changes.interrupted()).isEqualTo(expected);
    }

    private static void assertOrder(Changes changes) {
        if (changes.restart()) {
            return;
        }
        List<Change> touched = changes.all().stream().filter(Change::touches).toList();
        Optional<Change> engine = changes.of(ENGINE).filter(Change::touches);
        engine.ifPresent(change -> assertThat(touched.get(touched.size() - 1)).isEqualTo(change));
        for (int i = 1; i < touched.size(); i++) {
            boolean addedAfterRemoved =
                    touched.get(i).action() == Action.ADD && touched.get(i - 1).action() == Action.REMOVE;
            assertThat(addedAfterRemoved).isFalse();
            assertStartLevels(touched.get(i - 1), touched.get(i));
        }
    }

    // Whoever is used starts before who uses it, and goes after it; the engine goes last whatever its level is.
    private static void assertStartLevels(Change first, Change second) {
        if (second.symbolicName().equals(ENGINE) || turn(first) != turn(second)) {
            return;
        }
        int step = second.startLevel() - first.startLevel();
        assertThat(second.action() == Action.REMOVE ? -step : step)
                .as(first + " before " + second)
                .isNotNegative();
    }

    private static Action turn(Change change) {
        return change.action() == Action.REPLACE ? Action.OVERLAP : change.action();
    }

    private static Rewiring rewiring(Random random, Generation from, Generation to) {
        Map<String, String> rewired = new TreeMap<>();
        for (GenerationBundle bundle : to.bundles()) {
            if (from.bundles().contains(bundle) && random.nextInt(6) == 0) {
                rewired.put(bundle.symbolicName(), "by chance");
            }
        }
        return new Rewiring(rewired, random.nextInt(20) == 0 ? Optional.of("by chance") : Optional.empty());
    }

    private static Generation generation(Random random, int number) {
        List<GenerationBundle> bundles = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (i == 0 || random.nextInt(4) > 0) {
                Swap swap = random.nextInt(12) == 0 ? Swap.RESTART : Swap.values()[random.nextInt(2)];
                bundles.add(Generations.bundle("b" + i, 1 + random.nextInt(2), swap, 1 + i % 4));
            }
        }
        return Generations.of(number, "a".repeat(64), bundles);
    }

    private static Set<String> digests(Generation generation) {
        return generation.bundles().stream().map(GenerationBundle::sha256).collect(Collectors.toSet());
    }
}
