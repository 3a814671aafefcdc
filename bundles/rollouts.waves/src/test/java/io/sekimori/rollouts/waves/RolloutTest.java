package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.util.ArrayList;
import java.util.List;

/** Waves that follow each other as they are proved, and what people may do with a rollout. */
class RolloutTest {

    @OnBothDatabases
    void wavesFollowEachOtherAsTheyAreProved(Consoles consoles) throws Exception {
        World world = new World(consoles, 10);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "1", "30%"), "person:alice"));
        assertThat(made.waves()).extracting(counts -> counts.total()).containsExactly(1, 3, 6);

        List<Integer> assigned = new ArrayList<>();
        for (int wave = 1; wave <= 3; wave++) {
            console.clockwork().tick();
            List<String> open = world.in(console, made.id(), TargetState.ASSIGNED);
            assigned.add(open.size());
            open.forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
            console.clockwork().tick();
        }

        Rollout done = console.get(made.id()).orElseThrow();
        assertThat(assigned).containsExactly(1, 3, 6);
        assertThat(done.state()).isEqualTo(RolloutState.DONE);
        assertThat(done.counts().get(TargetState.CONFIRMED)).isEqualTo(10);
        assertThat(world.signed).doesNotHaveDuplicates().hasSize(10);
        assertThat(world.audit.said()).containsExactly("rollout.create ALLOWED", "rollout.create DONE");
    }

    @OnBothDatabases
    void aGatewayWithABadDiskStopsItsWaveAndAPersonMayGoOn(Consoles consoles) throws Exception {
        World world = new World(consoles, 4);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "2"), "person:alice"));
        console.clockwork().tick();
        List<String> first = world.in(console, made.id(), TargetState.ASSIGNED);

        world.obey(console, first.get(0), Outcome.REVERTED);
        console.clockwork().tick();

        Rollout halted = console.get(made.id()).orElseThrow();
        assertThat(halted.state()).isEqualTo(RolloutState.HALTED);
        assertThat(halted.reason()).isEqualTo(RolloutCode.LIMIT_REVERTED.name());
        assertThat(halted.counts().get(TargetState.WAITING)).isEqualTo(2);
        assertThat(world.targets(console, made.id()).get(first.get(0)).code()).isEqualTo("UNHEALTHY");

        World.act(console, made.id(), Action.RESUME);
        world.obey(console, first.get(1), Outcome.CONFIRMED);
        console.clockwork().tick();
        world.in(console, made.id(), TargetState.ASSIGNED).forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
        console.clockwork().tick();

        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
    }

    @OnBothDatabases
    void byHandEveryGateWaitsForAPerson(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, false, "1"), "person:alice"));
        console.clockwork().tick();
        world.in(console, made.id(), TargetState.ASSIGNED).forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
        console.clockwork().tick();
        console.clockwork().tick();
        Rollout gate = console.get(made.id()).orElseThrow();

        Rollout through = World.accepted(World.act(console, made.id(), Action.RESUME));

        assertThat(gate.state()).isEqualTo(RolloutState.AT_GATE);
        assertThat(gate.counts().get(TargetState.WAITING)).isEqualTo(1);
        assertThat(through.wave()).isEqualTo(2);
    }

    @OnBothDatabases
    void pausedAndStoppedRolloutsAssignNothing(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));

        World.act(console, made.id(), Action.PAUSE);
        console.clockwork().tick();
        assertThat(world.signed).isEmpty();
        Rollout stopped = World.accepted(World.act(console, made.id(), Action.STOP));
        console.clockwork().tick();

        assertThat(world.signed).isEmpty();
        assertThat(stopped.counts().get(TargetState.CANCELLED)).isEqualTo(3);
        assertThat(((Refused) World.act(console, made.id(), Action.RESUME)).code())
                .isEqualTo(RolloutCode.ACTION_IMPOSSIBLE);
    }

    @OnBothDatabases
    void rollingBackGivesTheFormerVersionsToThoseWhoTookIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "2"), "person:alice"));
        console.clockwork().tick();
        List<String> first = world.in(console, made.id(), TargetState.ASSIGNED);
        world.obey(console, first.get(0), Outcome.CONFIRMED);

        Rollout back = World.accepted(World.act(console, made.id(), Action.ROLL_BACK));
        console.clockwork().tick();
        List<String> undone = world.in(console, back.id(), TargetState.ASSIGNED);
        undone.forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
        console.clockwork().tick();

        assertThat(back.rollsBack()).contains(made.id());
        assertThat(undone).containsExactlyInAnyOrderElementsOf(first);
        assertThat(world.units.get(first.get(0)).running).contains(World.meter("1.0.0"));
        assertThat(console.get(back.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
        Rollout stopped = console.get(made.id()).orElseThrow();
        assertThat(stopped.state()).isEqualTo(RolloutState.STOPPED);
        assertThat(stopped.counts().total()).isEqualTo(3);
    }

    @OnBothDatabases
    void whoProvedItBeforeNeedsNoAssignment(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        World.Unit unit = world.units.values().iterator().next();
        World.put(unit, World.meter("2.0.0"));
        unit.report();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));

        console.clockwork().tick();
        console.clockwork().tick();

        assertThat(world.signed).isEmpty();
        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
    }

    @OnBothDatabases
    void progressIsShownAndProvesNothing(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        String id = world.units.keySet().iterator().next();
        console.progress(id, "too early");
        assertThat(world.targets(console, made.id()).get(id).state()).isEqualTo(TargetState.WAITING);
        console.clockwork().tick();

        world.now = world.now.plusSeconds(2);
        console.progress(id, "percent=100\u0007");

        Target target = world.targets(console, made.id()).get(id);
        assertThat(target.state()).isEqualTo(TargetState.IN_PROGRESS);
        assertThat(target.progress()).isEqualTo("percent=100?");
        assertThat(console.get(made.id()).orElseThrow().counts().get(TargetState.CONFIRMED))
                .isZero();
    }
}
