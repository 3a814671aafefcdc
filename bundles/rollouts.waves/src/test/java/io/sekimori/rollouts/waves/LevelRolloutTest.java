package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.WaveSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A rollout may give a bundle another start level, which no list of bundles shows. */
class LevelRolloutTest {

    @OnBothDatabases
    void theSameVersionAtAnotherLevelIsAssignedProvedAndTakenBack(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        World.Unit unit = world.units.values().iterator().next();
        unit.levels.put(World.BUNDLE, 7);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(draft("1.0.0", 20), "person:alice"));

        console.clockwork().tick();
        List<String> assigned = world.in(console, made.id(), TargetState.ASSIGNED);
        unit.accepted = world.versions.get(unit.key());
        console.reported(unit.gateway(), unit.report());
        List<String> known = world.in(console, made.id(), TargetState.CONFIRMED);
        world.obey(console, unit.id, Outcome.CONFIRMED);

        assertThat(assigned).as("it runs the version, and not at this level").containsExactly(unit.id);
        assertThat(known).as("it has heard of it, and done nothing").isEmpty();
        assertThat(world.in(console, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
        assertThat(unit.levels).containsEntry(World.BUNDLE, 20);
        assertThat(console.get(made.id()).orElseThrow().changes())
                .containsExactly(new BundleChange(Kind.BUNDLE, World.BUNDLE, Optional.of("1.0.0"), OptionalInt.of(20)));

        Rollout back = World.accepted(World.act(console, made.id(), Action.ROLL_BACK));
        console.clockwork().tick();
        world.obey(console, unit.id, Outcome.CONFIRMED);

        assertThat(world.in(console, back.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
        assertThat(unit.levels).containsEntry(World.BUNDLE, 7);
    }

    @OnBothDatabases
    void whoRunsItAtThatLevelIsAssignedNothing(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        world.units.values().iterator().next().levels.put(World.BUNDLE, 20);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(draft("1.0.0", 20), "person:alice"));

        console.clockwork().tick();

        assertThat(world.signed).isEmpty();
        assertThat(world.in(console, made.id(), TargetState.CONFIRMED)).hasSize(1);
    }

    /** A gateway whose report says nothing of levels, or cannot be read, has proved none. */
    @OnBothDatabases
    void whoseLevelNobodyKnowsIsAssignedIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(draft("1.0.0", 10), "person:alice"));

        console.clockwork().tick();

        assertThat(world.in(console, made.id(), TargetState.ASSIGNED)).hasSize(1);
        assertThat(world.signed).hasSize(1);
    }

    @OnBothDatabases
    void whatWasRemovedComesBackAtItsLevel(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        World.Unit unit = world.units.values().iterator().next();
        unit.levels.put(World.BUNDLE, 7);
        WaveRollouts console = world.console();
        Draft removal = draft(new BundleChange(World.BUNDLE, Optional.empty()));
        Rollout made = World.accepted(console.create(removal, "person:alice"));
        console.clockwork().tick();
        world.obey(console, unit.id, Outcome.CONFIRMED);
        unit.levels.put(World.BUNDLE, 10);

        World.accepted(World.act(console, made.id(), Action.ROLL_BACK));
        console.clockwork().tick();
        world.obey(console, unit.id, Outcome.CONFIRMED);

        assertThat(unit.levels).containsEntry(World.BUNDLE, 7);
        assertThat(unit.running).contains(World.meter("1.0.0"));
    }

    /** A wave of an earlier rollout that comes later does not undo the level that a later one brought. */
    @OnBothDatabases
    void theLaterLevelCounts(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        world.units.values().forEach(unit -> unit.levels.put(World.BUNDLE, 7));
        WaveRollouts console = world.console();
        Rollout earlier = World.accepted(console.create(draft("2.0.0", 20, "1"), "person:alice"));
        console.clockwork().tick();
        world.obey(
                console, world.in(console, earlier.id(), TargetState.ASSIGNED).get(0), Outcome.CONFIRMED);
        console.clockwork().tick();
        console.clockwork().tick();
        String second = world.in(console, earlier.id(), TargetState.WAITING).get(0);
        world.now = world.now.plusSeconds(1);
        Rollout later = World.accepted(console.create(draft("2.0.0", 30), "person:alice"));
        console.clockwork().tick();
        world.obey(console, second, Outcome.CONFIRMED);

        World.act(console, earlier.id(), Action.RESUME);
        console.clockwork().tick();

        assertThat(world.in(console, later.id(), TargetState.CONFIRMED)).contains(second);
        assertThat(world.targets(console, earlier.id()).get(second).code()).isEqualTo(RolloutCode.SUPERSEDED.name());
        assertThat(world.units.get(second).levels).containsEntry(World.BUNDLE, 30);
    }

    private static Draft draft(String version, int level, String... waves) {
        return draft(new BundleChange(Kind.BUNDLE, World.BUNDLE, Optional.of(version), OptionalInt.of(level)), waves);
    }

    private static Draft draft(BundleChange change, String... waves) {
        return new Draft(
                "level",
                new Selection.Matching(Map.of()),
                List.of(change),
                List.of(waves).stream().map(WaveSize::parse).toList(),
                Limits.STRICT,
                waves.length == 0,
                Duration.ofMinutes(10));
    }
}
