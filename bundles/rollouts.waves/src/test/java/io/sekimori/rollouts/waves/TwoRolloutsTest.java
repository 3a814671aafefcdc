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
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Two rollouts for the same gateways. */
class TwoRolloutsTest {

    @OnBothDatabases
    void aSecondRolloutWaitsForTheFirst(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        Rollout second = World.accepted(console.create(extra(world), "person:alice"));

        console.clockwork().tick();
        List<String> early = world.in(console, second.id(), TargetState.ASSIGNED);
        world.in(console, first.id(), TargetState.ASSIGNED).forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
        console.clockwork().tick();
        world.in(console, second.id(), TargetState.ASSIGNED).forEach(id -> world.obey(console, id, Outcome.CONFIRMED));

        assertThat(early).isEmpty();
        assertThat(world.units.values().iterator().next().running)
                .contains(World.meter("2.0.0"), World.bundle("org.example.extra", "1.0.0"));
    }

    @OnBothDatabases
    void aSecondRolloutDoesNotWaitForWhoWaitsByItsOwnPolicy(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        String id = world.units.keySet().iterator().next();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");
        Rollout second = World.accepted(console.create(extra(world), "person:alice"));

        console.clockwork().tick();

        assertThat(world.in(console, second.id(), TargetState.ASSIGNED)).containsExactly(id);
        Target overtaken = world.targets(console, first.id()).get(id);
        assertThat(overtaken.state()).isEqualTo(TargetState.CANCELLED);
        assertThat(overtaken.code()).isEqualTo(RolloutCode.SUPERSEDED.name());
    }

    @OnBothDatabases
    void aLaterWaveDoesNotOvertakeASecondRolloutThatWaits(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(Limits.STRICT, false, "1"), "person:alice"));
        console.clockwork().tick();
        String done = world.in(console, first.id(), TargetState.ASSIGNED).get(0);
        world.obey(console, done, Outcome.CONFIRMED);
        console.clockwork().tick();
        console.clockwork().tick();
        String id = world.in(console, first.id(), TargetState.WAITING).get(0);
        world.now = world.now.plusSeconds(1);
        Rollout second = World.accepted(console.create(extra(world), "person:alice"));
        console.clockwork().tick();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");

        World.act(console, first.id(), Action.RESUME);
        console.clockwork().tick();
        List<String> meanwhile = world.in(console, first.id(), TargetState.ASSIGNED);
        Target waiting = world.targets(console, second.id()).get(id);
        world.obey(console, id, Outcome.CONFIRMED);
        console.clockwork().tick();

        assertThat(meanwhile).isEmpty();
        assertThat(waiting.code()).isEqualTo("INSTALL_BY_HAND");
        assertThat(world.in(console, first.id(), TargetState.ASSIGNED)).containsExactly(id);
    }

    /** The wave that comes later is of the older wish. */
    @OnBothDatabases
    void aLaterWaveDoesNotUndoWhatASecondRolloutBrought(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(Limits.STRICT, false, "1"), "person:alice"));
        console.clockwork().tick();
        world.obey(console, world.in(console, first.id(), TargetState.ASSIGNED).get(0), Outcome.CONFIRMED);
        console.clockwork().tick();
        console.clockwork().tick();
        List<String> later = world.in(console, first.id(), TargetState.WAITING);
        String taken = later.get(0);
        String waits = later.get(1);
        world.now = world.now.plusSeconds(1);
        Rollout second = World.accepted(console.create(removing(later), "person:alice"));
        console.clockwork().tick();
        world.obey(console, taken, Outcome.CONFIRMED);
        world.obey(console, waits, Outcome.REFUSED, "INSTALL_BY_HAND");

        World.act(console, first.id(), Action.RESUME);
        console.clockwork().tick();

        Target overtaken = world.targets(console, first.id()).get(taken);
        assertThat(overtaken.state()).isEqualTo(TargetState.CANCELLED);
        assertThat(overtaken.code()).isEqualTo(RolloutCode.SUPERSEDED.name());
        assertThat(overtaken.detail()).contains(second.id(), World.BUNDLE);
        assertThat(world.in(console, first.id(), TargetState.WAITING))
                .as("the outcome is open")
                .containsExactly(waits);

        world.obey(console, waits, Outcome.REFUSED, "UNRESOLVABLE_COLD");
        console.clockwork().tick();
        assertThat(world.in(console, first.id(), TargetState.ASSIGNED))
                .as("nothing came of the newer one")
                .containsExactly(waits);
    }

    /** A message may be overtaken on its way, too: by what the gateway asked for itself. */
    @OnBothDatabases
    void whatIsRefusedAsOlderThanWhatWasAcceptedIsSuperseded(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        String id = world.in(console, first.id(), TargetState.ASSIGNED).get(0);
        long old = world.targets(console, first.id()).get(id).assignment();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");
        World.accepted(console.create(extra(world), "person:alice"));
        console.clockwork().tick();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");

        world.tell(console, id, old, Outcome.REFUSED, "ASSIGNMENT_ROLLBACK");

        Target overtaken = world.targets(console, first.id()).get(id);
        assertThat(overtaken.state()).isEqualTo(TargetState.CANCELLED);
        assertThat(overtaken.code()).isEqualTo(RolloutCode.SUPERSEDED.name());
    }

    @OnBothDatabases
    void aSecondRolloutDoesNotWaitForOneThatWasStopped(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        World.act(console, first.id(), Action.STOP);
        Rollout second = World.accepted(console.create(extra(world), "person:alice"));

        console.clockwork().tick();

        assertThat(world.in(console, second.id(), TargetState.ASSIGNED)).hasSize(1);
        assertThat(world.in(console, first.id(), TargetState.CANCELLED)).hasSize(1);
    }

    private static Draft removing(List<String> gateways) {
        return new Draft(
                "away",
                new Selection.Listed(gateways),
                List.of(new BundleChange(World.BUNDLE, Optional.empty())),
                List.of(),
                World.ANY,
                true,
                Duration.ofMinutes(10));
    }

    private static Draft extra(World world) {
        return new Draft(
                "extra",
                new Selection.Listed(List.copyOf(world.units.keySet())),
                List.of(new BundleChange("org.example.extra", Optional.of("1.0.0"))),
                List.of(),
                World.ANY,
                true,
                Duration.ofMinutes(10));
    }
}
