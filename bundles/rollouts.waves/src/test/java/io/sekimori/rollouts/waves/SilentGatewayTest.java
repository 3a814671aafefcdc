package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gateways that say nothing for too long, and those that say that they wait by their own policy. */
class SilentGatewayTest {

    @OnBothDatabases
    void whoWaitsByItsOwnPolicyIsNeitherRefusedNorSilent(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        String id = world.units.keySet().iterator().next();
        console.progress(id, "VERIFY acceptance");
        world.obey(console, id, Outcome.REFUSED, "OUTSIDE_WINDOW");

        for (int i = 0; i < 3; i++) {
            world.now = world.now.plus(Duration.ofMinutes(9));
            world.units.get(id).heard = Optional.of(world.now);
            console.clockwork().tick();
        }
        Target waiting = world.targets(console, made.id()).get(id);
        assertThat(waiting.state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(waiting.code()).isEqualTo("OUTSIDE_WINDOW");

        console.progress(id, "SWAP");
        world.now = world.now.plus(Duration.ofMinutes(9));
        console.clockwork().tick();
        console.clockwork().reconcile();
        Target going = world.targets(console, made.id()).get(id);
        assertThat(going.state()).isEqualTo(TargetState.IN_PROGRESS);
        assertThat(going.code()).isEmpty();

        world.now = world.now.plus(Duration.ofMinutes(2));
        console.clockwork().tick();
        assertThat(world.targets(console, made.id()).get(id).state()).isEqualTo(TargetState.SILENT);
        world.obey(console, id, Outcome.CONFIRMED);
        assertThat(world.targets(console, made.id()).get(id).state()).isEqualTo(TargetState.CONFIRMED);
    }

    /** Else a rollout would call it silent, or wait for ever for a window in which nothing begins. */
    @OnBothDatabases
    void whoseAssignmentIsHeldBackIsRefusedWithTheReasonAndConfirmedIfItTakesItAfterAll(Consoles consoles)
            throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        List<String> ids = List.copyOf(world.units.keySet());
        world.obey(console, ids.get(1), Outcome.REFUSED, "OUTSIDE_WINDOW");
        world.floor = "org.example.meter/1.1.0 has counter 2, the floor is 3";
        for (String id : ids) {
            String key = world.units.get(id).key();
            long version = world.versions.get(key);
            world.held.put(key, id.equals(ids.get(2)) ? version + 1 : version); // the third one's is another
        }

        console.clockwork().tick();
        assertThat(world.targets(console, made.id()).values())
                .allSatisfy(each -> assertThat(each.state()).isEqualTo(TargetState.ASSIGNED));
        world.now = world.now.plus(Duration.ofMinutes(11));
        world.units.values().forEach(unit -> unit.heard = Optional.of(world.now));
        console.clockwork().tick();

        for (String id : ids.subList(0, 2)) {
            Target refused = world.targets(console, made.id()).get(id);
            assertThat(refused.state()).isEqualTo(TargetState.REFUSED);
            assertThat(refused.code()).isEqualTo("BELOW_FLOOR");
            assertThat(refused.detail()).isEqualTo(world.floor);
        }
        assertThat(world.targets(console, made.id()).get(ids.get(2)).state()).isEqualTo(TargetState.SILENT);

        world.held.clear(); // a permit
        world.obey(console, ids.get(0), Outcome.CONFIRMED);
        assertThat(world.targets(console, made.id()).get(ids.get(0)).state()).isEqualTo(TargetState.CONFIRMED);
    }

    @OnBothDatabases
    void whatTheDirectorCannotTellOfOneKeepsNobodyFromSilence(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        List<String> ids = List.copyOf(world.units.keySet());
        world.unreadable.add(world.units.get(ids.get(0)).key());
        String held = world.units.get(ids.get(1)).key();
        world.held.put(held, world.versions.get(held));

        world.now = world.now.plus(Duration.ofMinutes(11));
        assertThatThrownBy(() -> console.clockwork().tick())
                .isInstanceOf(RolloutException.class)
                .hasMessageContaining(ids.get(0));

        assertThat(world.in(console, made.id(), TargetState.SILENT)).containsExactlyInAnyOrder(ids.get(0), ids.get(2));
        assertThat(world.in(console, made.id(), TargetState.REFUSED)).containsExactly(ids.get(1));
        console.clockwork().tick(); // who is silent is not asked for again
    }

    @OnBothDatabases
    void aPageThatEndsBetweenTwoRolloutsOfAGatewayLeavesNoneOut(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        Rollout second = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();

        WaveRecords records = new WaveRecords(() -> console.records);
        List<String> seen = new ArrayList<>();
        OpenTargets.Place after = OpenTargets.Place.FIRST;
        List<OpenTargets.Open> page;
        do {
            OpenTargets.Place from = after;
            page = records.read(connection -> OpenTargets.waitedFor(connection, from, 1));
            for (OpenTargets.Open target : page) {
                seen.add(target.rollout());
                after = target.place();
            }
        } while (!page.isEmpty());

        assertThat(seen).containsExactlyInAnyOrder(first.id(), second.id());
    }

    @OnBothDatabases
    void whoIsHeardNoMoreWhileItWaitsFallsSilentAndOldWordsDoNotWakeIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        String id = world.units.keySet().iterator().next();
        world.obey(console, id, Outcome.REFUSED, "OUTSIDE_WINDOW");

        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        console.clockwork().reconcile();
        Target silent = world.targets(console, made.id()).get(id);
        world.now = world.now.plusSeconds(1);
        world.obey(console, id, Outcome.REFUSED, "OUTSIDE_WINDOW");
        console.clockwork().tick();

        assertThat(silent.state()).isEqualTo(TargetState.SILENT);
        assertThat(silent.code()).isEqualTo(RolloutCode.NO_OUTCOME.name());
        Target back = world.targets(console, made.id()).get(id);
        assertThat(back.state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(back.code()).isEqualTo("OUTSIDE_WINDOW");
    }

    @OnBothDatabases
    void whoWaitsForARolloutThatWasStoppedFallsSilentHoweverOftenItIsHeard(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        String id = world.units.keySet().iterator().next();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");
        World.act(console, made.id(), Action.STOP);

        world.now = world.now.plus(Duration.ofMinutes(11));
        world.units.get(id).heard = Optional.of(world.now);
        console.clockwork().tick();

        assertThat(world.in(console, made.id(), TargetState.SILENT)).containsExactly(id);
    }

    @OnBothDatabases
    void whoIsOffFallsSilentAndIsConfirmedWhenItComesBack(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(World.ANY, true), "person:alice"));
        console.clockwork().tick();
        List<String> ids = new ArrayList<>(world.units.keySet());
        world.obey(console, ids.get(0), Outcome.CONFIRMED);

        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        Rollout silent = console.get(made.id()).orElseThrow();
        world.obey(console, ids.get(1), Outcome.CONFIRMED);

        assertThat(silent.counts().get(TargetState.SILENT)).isEqualTo(1);
        Target back = world.targets(console, made.id()).get(ids.get(1));
        assertThat(back.state()).isEqualTo(TargetState.CONFIRMED);
        assertThat(back.late()).isTrue();
        assertThat(console.get(made.id()).orElseThrow().counts().total()).isEqualTo(2);
    }

    @OnBothDatabases
    void aSilentGatewayStopsTheWave(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "1"), "person:alice"));
        console.clockwork().tick();

        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();

        Rollout halted = console.get(made.id()).orElseThrow();
        assertThat(halted.state()).isEqualTo(RolloutState.HALTED);
        assertThat(halted.reason()).isEqualTo(RolloutCode.LIMIT_SILENT.name());
        assertThat(halted.counts().get(TargetState.WAITING)).isEqualTo(1);
    }
}
