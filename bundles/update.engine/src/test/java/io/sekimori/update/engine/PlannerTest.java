package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.PlannedBundle.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static final String ENGINE = "engine";

    private final Planner planner = new Planner(ENGINE);

    @ParameterizedTest
    @CsvSource({
        "OVERLAP, OVERLAP, OVERLAP",
        "OVERLAP, REPLACE, REPLACE",
        "REPLACE, OVERLAP, REPLACE",
        "REPLACE, REPLACE, REPLACE",
        "OVERLAP, RESTART, RESTART",
        "RESTART, OVERLAP, RESTART"
    })
    void theStricterModeOfTheTwoVersionsCounts(Swap before, Swap after, Action expected) {
        Changes changes = plan(List.of(bundle("a", 1, before)), List.of(bundle("a", 2, after)));

        assertThat(action(changes, "a")).isEqualTo(expected);
        assertThat(changes.of("a").orElseThrow().replacesBytes()).isEqualTo(expected != Action.RESTART);
    }

    @Test
    void theSameBytesAreKept() {
        Changes changes = plan(List.of(bundle("a", 1, Swap.RESTART)), List.of(bundle("a", 1, Swap.RESTART)));

        assertThat(changes.touched()).isEmpty();
    }

    @Test
    void oneBundleThatTakesANewProcessMakesTheWholeTransitionTakeIt() {
        Changes changes = plan(
                List.of(bundle("a", 1, Swap.OVERLAP), bundle("b", 1, Swap.RESTART), bundle("c", 1, Swap.OVERLAP)),
                List.of(bundle("a", 2, Swap.OVERLAP), bundle("b", 2, Swap.RESTART), bundle("c", 1, Swap.OVERLAP)));

        assertThat(changes.restart()).isTrue();
        assertThat(changes.all()).allMatch(change -> change.action() == Action.RESTART);
        assertThat(changes.of("a").orElseThrow().why()).isNotEmpty();
        assertThat(changes.of("b").orElseThrow().why()).isEmpty();
    }

    @Test
    void anotherSlotTakesANewProcess() {
        List<GenerationBundle> bundles = List.of(bundle("a", 1, Swap.OVERLAP));

        Changes changes = planner.plan(
                Generations.of(1, "a".repeat(64), bundles), Generations.of(2, "b".repeat(64), bundles), Rewiring.NONE);

        assertThat(changes.restart()).isTrue();
    }

    @Test
    void additionsComeFirstAndRemovalsAndTheEngineLast() {
        Changes changes = plan(
                List.of(bundle(ENGINE, 1, Swap.OVERLAP), bundle("gone", 1, Swap.OVERLAP), bundle("x", 1, Swap.REPLACE)),
                List.of(bundle(ENGINE, 2, Swap.OVERLAP), bundle("new", 1, Swap.OVERLAP), bundle("x", 2, Swap.REPLACE)));

        assertThat(changes.all()).extracting(Change::symbolicName).containsExactly("new", "x", "gone", ENGINE);
    }

    @Test
    void theEngineIsNeverAway() {
        Changes replaced = plan(List.of(bundle(ENGINE, 1, Swap.REPLACE)), List.of(bundle(ENGINE, 2, Swap.REPLACE)));
        Changes rewired = planner.plan(
                Generations.of(1, bundle(ENGINE, 1, Swap.OVERLAP), bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle(ENGINE, 1, Swap.OVERLAP), bundle("a", 2, Swap.OVERLAP)),
                new Rewiring(Map.of(ENGINE, "uses a"), Optional.empty()));

        assertThat(replaced.restart()).isTrue();
        assertThat(rewired.restart()).isTrue();
    }

    @Test
    void infrastructureThatWouldBeWiredAnewTakesANewProcess() {
        Changes changes = planner.plan(
                Generations.of(1, bundle("scr", 1, Swap.RESTART), bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle("scr", 1, Swap.RESTART), bundle("a", 2, Swap.OVERLAP)),
                new Rewiring(Map.of("scr", "uses a"), Optional.empty()));

        assertThat(changes.restart()).isTrue();
    }

    @Test
    void whatIsWiredAnewIsInterruptedAndOnProbation() {
        Changes changes = planner.plan(
                Generations.of(1, bundle("user", 1, Swap.OVERLAP), bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle("user", 1, Swap.OVERLAP), bundle("a", 2, Swap.OVERLAP)),
                new Rewiring(Map.of("user", "uses a"), Optional.empty()));

        assertThat(action(changes, "user")).isEqualTo(Action.REWIRE);
        assertThat(changes.interrupted()).containsExactly("user");
        assertThat(changes.onProbation())
                .extracting(GenerationBundle::symbolicName)
                .containsExactlyInAnyOrder("user", "a");
    }

    @Test
    void aWiringThatCannotBeHadTakesANewProcess() {
        Changes changes = planner.plan(
                Generations.of(1, bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle("a", 2, Swap.OVERLAP)),
                new Rewiring(Map.of(), Optional.of("a is wired otherwise")));

        assertThat(changes.restart()).isTrue();
        assertThat(changes.of("a").orElseThrow().why()).contains("wired otherwise");
    }

    @Test
    void whatComesAndWhatGoesIsSaidSo() {
        Changes changes = plan(
                List.of(bundle("gone", 1, Swap.OVERLAP), bundle("kept", 1, Swap.OVERLAP)),
                List.of(bundle("new", 1, Swap.OVERLAP), bundle("kept", 1, Swap.OVERLAP)));

        assertThat(action(changes, "gone")).isEqualTo(Action.REMOVE);
        assertThat(action(changes, "new")).isEqualTo(Action.ADD);
        assertThat(action(changes, "kept")).isEqualTo(Action.KEEP);
        assertThat(changes.with(Action.ADD)).extracting(Change::symbolicName).containsExactly("new");
        assertThat(changes.coming()).extracting(GenerationBundle::symbolicName).containsExactly("new");
        assertThat(changes.going()).extracting(GenerationBundle::symbolicName).containsExactly("gone");
        assertThat(changes.onProbation())
                .extracting(GenerationBundle::symbolicName)
                .containsExactly("new");
        assertThat(changes.touched()).containsExactlyInAnyOrder("gone", "new");
        assertThat(changes.interrupted()).isEmpty();
        assertThat(changes.restart()).isFalse();
    }

    @Test
    void anAdditionOrRemovalOfWhatTakesANewProcessTakesIt() {
        List<GenerationBundle> without = List.of(bundle("a", 1, Swap.OVERLAP));
        List<GenerationBundle> with = List.of(bundle("a", 1, Swap.OVERLAP), bundle("scr", 1, Swap.RESTART));

        assertThat(plan(without, with).restart()).isTrue();
        assertThat(plan(with, without).restart()).isTrue();
    }

    @Test
    void lowerStartLevelsComeFirstAndGoLast() {
        Changes changes = plan(
                List.of(
                        Generations.bundle("x-low", 1, Swap.OVERLAP, 2),
                        Generations.bundle("a-high", 1, Swap.OVERLAP, 9)),
                List.of(
                        Generations.bundle("y-low", 1, Swap.OVERLAP, 2),
                        Generations.bundle("b-high", 1, Swap.OVERLAP, 9)));

        assertThat(changes.all())
                .extracting(Change::symbolicName)
                .containsExactly("y-low", "b-high", "a-high", "x-low");
    }

    @Test
    void theEngineIsNotRemoved() {
        Changes removed = plan(List.of(bundle(ENGINE, 1, Swap.OVERLAP)), List.of(bundle("a", 1, Swap.OVERLAP)));

        assertThat(removed.restart()).isTrue();
        assertThat(removed.of("a").orElseThrow().why()).contains("engine cannot be away");
    }

    @Test
    void aNewProcessMakesEveryChangeAtOnce() {
        Changes changes = planner.planRestart(
                Generations.of(1, bundle("b", 1, Swap.OVERLAP), bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle("b", 2, Swap.OVERLAP), bundle("a", 1, Swap.OVERLAP)));

        assertThat(changes.all()).extracting(Change::symbolicName).containsExactly("a", "b");
        assertThat(changes.all()).allMatch(change -> change.action() == Action.RESTART);
        assertThat(changes.interrupted()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatIsReplacedIsNotCalledWiredAnew() {
        Changes changes = planner.plan(
                Generations.of(1, bundle("a", 1, Swap.OVERLAP)),
                Generations.of(2, bundle("a", 2, Swap.OVERLAP)),
                new Rewiring(Map.of("a", "uses b"), Optional.empty()));

        assertThat(action(changes, "a")).isEqualTo(Action.OVERLAP);
        assertThat(changes.of("a").orElseThrow().why()).isEmpty();
    }

    private Changes plan(List<GenerationBundle> before, List<GenerationBundle> after) {
        return planner.plan(
                Generations.of(1, "a".repeat(64), before), Generations.of(2, "a".repeat(64), after), Rewiring.NONE);
    }

    private static Action action(Changes changes, String name) {
        return changes.of(name).orElseThrow().action();
    }

    private static GenerationBundle bundle(String name, int version, Swap swap) {
        return Generations.bundle(name, version, swap, 3);
    }
}
