package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A gateway that runs what it was assigned, and says in the same signed report that something on it is not as signed. */
class NotAsSignedTest {

    @OnBothDatabases
    void itIsNoSuccessUntilAllIsAsSigned(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "1"), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.get(
                world.in(console, made.id(), TargetState.ASSIGNED).get(0));
        unit.findings = List.of("UNADMITTED org.example.intruder/1.0.0");
        world.obey(console, unit.id, Outcome.CONFIRMED);
        console.clockwork().tick();

        Target failed = world.targets(console, made.id()).get(unit.id);
        assertThat(failed.state()).isEqualTo(TargetState.FAILED);
        assertThat(failed.code()).isEqualTo(RolloutCode.NOT_AS_SIGNED.name());
        assertThat(failed.detail()).isEqualTo("UNADMITTED org.example.intruder/1.0.0");
        Rollout halted = console.get(made.id()).orElseThrow();
        assertThat(halted.state()).isEqualTo(RolloutState.HALTED);
        assertThat(halted.reason()).isEqualTo(RolloutCode.LIMIT_FAILED.name());
        assertThat(((Refused) console.takeBack(unit.id, "person:alice")).code())
                .isEqualTo(RolloutCode.TAKEN_BACK_TOO_LATE);

        unit.findings = List.of();
        console.reported(unit.gateway(), unit.report());

        assertThat(world.in(console, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
    }

    /** It runs what is taken from everybody, whatever else is wrong with it. */
    @OnBothDatabases
    void rollingBackReachesItAllTheSame(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();
        unit.findings = List.of("FILE_UNREADABLE slot file java");
        world.obey(console, unit.id, Outcome.CONFIRMED);
        console.clockwork().tick();

        Rollout back = World.accepted(World.act(console, made.id(), Action.ROLL_BACK));
        console.clockwork().tick();

        assertThat(world.in(console, back.id(), TargetState.ASSIGNED)).containsExactly(unit.id);
        assertThat(world.orders.get(unit.key()).changes().set())
                .extracting(setting -> setting.version())
                .containsExactly("1.0.0");
    }

    @OnBothDatabases
    void whoRunsThisAlreadyIsNoSuccessEither(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        World.Unit unit = world.units.values().iterator().next();
        World.put(unit, World.meter("2.0.0"));
        unit.findings = List.of("UNADMITTED org.example.intruder/1.0.0");
        unit.report();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));

        console.clockwork().tick();

        assertThat(world.in(console, made.id(), TargetState.ASSIGNED)).containsExactly(unit.id);
    }

    /** It took the newer one; what is not as signed there is for a person to look at, and not for an older wave to undo. */
    @OnBothDatabases
    void aLaterWaveOfAnOlderRolloutDoesNotUndoIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(Limits.STRICT, false, "1"), "person:alice"));
        console.clockwork().tick();
        world.obey(console, world.in(console, first.id(), TargetState.ASSIGNED).get(0), Outcome.CONFIRMED);
        console.clockwork().tick();
        console.clockwork().tick();
        String taken = world.in(console, first.id(), TargetState.WAITING).get(0);
        world.now = world.now.plusSeconds(1);
        Rollout second = World.accepted(console.create(removing(taken), "person:alice"));
        console.clockwork().tick();
        world.units.get(taken).findings = List.of("UNADMITTED org.example.intruder/1.0.0");
        world.obey(console, taken, Outcome.CONFIRMED);

        World.act(console, first.id(), Action.RESUME);
        console.clockwork().tick();

        assertThat(world.targets(console, second.id()).get(taken).code()).isEqualTo(RolloutCode.NOT_AS_SIGNED.name());
        assertThat(world.targets(console, first.id()).get(taken).code()).isEqualTo(RolloutCode.SUPERSEDED.name());
    }

    private static Draft removing(String gateway) {
        return new Draft(
                "away",
                new Selection.Listed(List.of(gateway)),
                List.of(new BundleChange(World.BUNDLE, Optional.empty())),
                List.of(),
                World.ANY,
                true,
                Duration.ofMinutes(10));
    }
}
