package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.WaveSize;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What gateways start with is rolled out as bundles are: launcher, framework, Java runtime. */
class StartRolloutTest {

    private static final String LAUNCHER = "org.example.launcher";
    private static final String RUNTIME = World.RUNTIME + ".new";
    private static final List<BundleChange> CHANGES = List.of(
            new BundleChange(Kind.SLOT, LAUNCHER, Optional.of("2.0.0")),
            new BundleChange(Kind.JAVA, RUNTIME, Optional.of("21.0.0")));

    @OnBothDatabases
    void theCanaryProvesItBeforeTheOthersGetItAndAllGoBack(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Iterator<World.Unit> units = world.units.values().iterator();
        World.Unit canary = units.next();
        World.Unit other = units.next();
        // One starts with a Java runtime that was assigned before, the other with the installed one.
        canary.slot.add(World.bundle(World.RUNTIME + ".old", "17.0.0"));
        canary.report();
        Rollout made = World.accepted(console.create(draft("1"), "person:alice"));

        console.clockwork().tick();
        List<String> first = world.in(console, made.id(), TargetState.ASSIGNED);
        world.obey(console, canary.id, Outcome.CONFIRMED);
        console.clockwork().tick();
        console.clockwork().tick();
        List<String> second = world.in(console, made.id(), TargetState.ASSIGNED);
        world.obey(console, other.id, Outcome.CONFIRMED);
        console.clockwork().tick();

        assertThat(first).containsExactly(canary.id);
        assertThat(second).containsExactly(other.id);
        assertThat(canary.slot).containsExactly(World.bundle(LAUNCHER, "2.0.0"), World.bundle(RUNTIME, "21.0.0"));
        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
        assertThat(console.get(made.id()).orElseThrow().changes()).isEqualTo(CHANGES);

        World.accepted(console.act(made.id(), Action.ROLL_BACK, OptionalLong.empty(), "person:alice"));
        console.clockwork().tick();
        world.obey(console, canary.id, Outcome.CONFIRMED);
        world.obey(console, other.id, Outcome.CONFIRMED);

        assertThat(canary.slot)
                .containsExactly(World.bundle(LAUNCHER, "1.0.0"), World.bundle(World.RUNTIME + ".old", "17.0.0"));
        assertThat(other.slot).containsExactly(World.bundle(LAUNCHER, "1.0.0"));
    }

    @OnBothDatabases
    void aCanaryWhoseLauncherDoesNotStartHaltsIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(draft("1"), "person:alice"));
        console.clockwork().tick();

        String canary = world.in(console, made.id(), TargetState.ASSIGNED).get(0);
        world.obey(console, canary, Outcome.REVERTED, "NOT_STARTED");
        console.clockwork().tick();

        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.HALTED);
        assertThat(world.signed).hasSize(1);
    }

    /** The same bundles are no proof of another launcher. */
    @OnBothDatabases
    void whoSaysItIsConfirmedAndStartsWithTheOldOneHasFailed(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(draft(), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();

        world.obey(console, unit.id, Outcome.REFUSED, "SLOT_NO_SPACE");
        String refused = world.targets(console, made.id()).get(unit.id).code();
        unit.last = unit.last.map(last -> new Transition(
                last.id(), 1, 2, last.assignment(), Outcome.CONFIRMED, "", "", "", world.now, Optional.empty()));
        console.reported(unit.gateway(), unit.report());

        assertThat(refused).isEqualTo("SLOT_NO_SPACE");
        assertThat(world.targets(console, made.id()).get(unit.id).code()).isEqualTo(RolloutCode.RUNS_OTHERWISE.name());
    }

    @OnBothDatabases
    void aReleaseOfAnotherKindIsNone(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        Draft draft = draft(List.of(new BundleChange(Kind.SLOT, RUNTIME, Optional.of("21.0.0"))));

        RolloutAnswer answer = world.console().create(draft, "person:alice");

        assertThat(((RolloutAnswer.Refused) answer).code()).isEqualTo(RolloutCode.RELEASE_UNKNOWN);
    }

    private static Draft draft(String... waves) {
        return draft(CHANGES, waves);
    }

    private static Draft draft(List<BundleChange> changes, String... waves) {
        return new Draft(
                "launcher 2",
                new Selection.Matching(Map.of()),
                changes,
                List.of(waves).stream().map(WaveSize::parse).toList(),
                Limits.STRICT,
                true,
                Duration.ofMinutes(10));
    }
}
