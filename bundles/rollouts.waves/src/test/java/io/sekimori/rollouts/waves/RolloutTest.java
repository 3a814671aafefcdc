package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.Life;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutAnswer.Refused;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Selection;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class RolloutTest {

    private static final Limits ANY = new Limits(99, 99, 99, 99, 0);

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

        act(console, made.id(), Action.RESUME);
        world.obey(console, first.get(1), Outcome.CONFIRMED);
        console.clockwork().tick();
        world.in(console, made.id(), TargetState.ASSIGNED).forEach(id -> world.obey(console, id, Outcome.CONFIRMED));
        console.clockwork().tick();

        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
    }

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

    @OnBothDatabases
    void whoIsHeardNoMoreWhileItWaitsFallsSilentAndOldWordsDoNotWakeIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
        console.clockwork().tick();
        String id = world.units.keySet().iterator().next();
        world.obey(console, id, Outcome.REFUSED, "INSTALL_BY_HAND");
        act(console, made.id(), Action.STOP);

        world.now = world.now.plus(Duration.ofMinutes(11));
        world.units.get(id).heard = Optional.of(world.now);
        console.clockwork().tick();

        assertThat(world.in(console, made.id(), TargetState.SILENT)).containsExactly(id);
    }

    @OnBothDatabases
    void whoIsOffFallsSilentAndIsConfirmedWhenItComesBack(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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

        Rollout through = World.accepted(act(console, made.id(), Action.RESUME));

        assertThat(gate.state()).isEqualTo(RolloutState.AT_GATE);
        assertThat(gate.counts().get(TargetState.WAITING)).isEqualTo(1);
        assertThat(through.wave()).isEqualTo(2);
    }

    @OnBothDatabases
    void pausedAndStoppedRolloutsAssignNothing(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));

        act(console, made.id(), Action.PAUSE);
        console.clockwork().tick();
        assertThat(world.signed).isEmpty();
        Rollout stopped = World.accepted(act(console, made.id(), Action.STOP));
        console.clockwork().tick();

        assertThat(world.signed).isEmpty();
        assertThat(stopped.counts().get(TargetState.CANCELLED)).isEqualTo(3);
        assertThat(((Refused) act(console, made.id(), Action.RESUME)).code()).isEqualTo(RolloutCode.ACTION_IMPOSSIBLE);
    }

    @OnBothDatabases
    void rollingBackGivesTheFormerVersionsToThoseWhoTookIt(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true, "2"), "person:alice"));
        console.clockwork().tick();
        List<String> first = world.in(console, made.id(), TargetState.ASSIGNED);
        world.obey(console, first.get(0), Outcome.CONFIRMED);

        Rollout back = World.accepted(act(console, made.id(), Action.ROLL_BACK));
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
    void aStickUpdateInBetweenIsTakenAsAFact(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();

        unit.running.add(World.bundle("org.example.extra", "1.0.0"));
        console.reported(unit.gateway(), unit.report());
        console.clockwork().tick();
        world.obey(console, unit.id, Outcome.CONFIRMED);

        assertThat(world.signed).hasSize(2);
        assertThat(unit.running).contains(World.bundle("org.example.extra", "1.0.0"), World.meter("2.0.0"));
        assertThat(console.get(made.id()).orElseThrow().counts().get(TargetState.CONFIRMED))
                .isEqualTo(1);
    }

    @OnBothDatabases
    void whatWasConfirmedAndDidNotStartAgainIsNoSuccessAnyMore(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();
        world.obey(console, unit.id, Outcome.CONFIRMED);
        long confirmed = unit.assignment;

        World.put(unit, World.meter("1.0.0"));
        unit.assignment = 0;
        unit.findings = List.of("FELL_BACK generation 2: FILE_DIFFERS org.example.meter/2.0.0");
        console.reported(unit.gateway(), unit.report());

        assertThat(world.in(console, made.id(), TargetState.REVERTED)).containsExactly(unit.id);

        World.put(unit, World.meter("2.0.0"));
        unit.assignment = confirmed;
        unit.findings = List.of();
        console.reported(unit.gateway(), unit.report());

        assertThat(world.in(console, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
    }

    @OnBothDatabases
    void aReportThatNobodyHeardIsFoundLater(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        console.clockwork().tick();
        World.Unit unit = world.units.values().iterator().next();
        World.put(unit, World.meter("2.0.0"));
        unit.accepted = unit.assignment = world.versions.get(unit.key());
        unit.report();

        WaveRollouts restarted = world.console();
        restarted.clockwork().reconcile();

        assertThat(world.in(restarted, made.id(), TargetState.CONFIRMED)).containsExactly(unit.id);
    }

    @OnBothDatabases
    void aConsoleThatEndsAfterSigningLeavesTheRestToTheNext(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(Limits.STRICT, true), "person:alice"));
        world.afterSigning = () -> {
            throw new IllegalStateException("the power is cut");
        };
        try {
            console.clockwork().tick();
        } catch (IllegalStateException e) {
            world.afterSigning = () -> {};
        }

        WaveRollouts next = world.console();
        next.clockwork().tick();
        int before = world.in(next, made.id(), TargetState.ASSIGNED).size();
        world.now = world.now.plus(Clockwork.CLAIM);
        next.clockwork().tick();

        assertThat(before).isZero();
        assertThat(world.in(next, made.id(), TargetState.ASSIGNED)).hasSize(3);
        world.targets(next, made.id())
                .forEach((id, target) -> assertThat(target.assignment())
                        .isEqualTo(world.versions.get(world.units.get(id).key())));
    }

    @OnBothDatabases
    void twoConsolesAssignEverybodyOnce(Consoles consoles) throws Exception {
        World world = new World(consoles, 120);
        List<WaveRollouts> both = List.of(world.console(), world.console());
        List<String> made = new ArrayList<>();
        made.add(World.accepted(both.get(0).create(world.draft(ANY, true, "10", "50%"), "person:alice"))
                .id());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<?>> running = new ArrayList<>();
        for (WaveRollouts console : both) {
            running.add(threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    console.clockwork().tick();
                    console.clockwork().reconcile();
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get(120, TimeUnit.SECONDS);
        }
        threads.shutdown();

        assertThat(world.signed).doesNotHaveDuplicates().hasSize(120);
        assertThat(both.get(1).get(made.get(0)).orElseThrow().counts().get(TargetState.ASSIGNED))
                .isEqualTo(120);
    }

    @OnBothDatabases
    void whoCannotBeAssignedIsRefusedWithItsReason(Consoles consoles) throws Exception {
        World world = new World(consoles, 3);
        WaveRollouts console = world.console();
        List<World.Unit> units = new ArrayList<>(world.units.values());
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
        units.get(0).life = Life.SUSPENDED;
        units.get(1).reported = Optional.empty();
        world.refusing.add(units.get(2).key());

        console.clockwork().tick();

        Map<String, Target> targets = world.targets(console, made.id());
        assertThat(targets.values()).allSatisfy(one -> assertThat(one.state()).isEqualTo(TargetState.REFUSED));
        assertThat(units.stream().map(unit -> targets.get(unit.id).code()))
                .containsExactly("GATEWAY_NOT_ACTIVATED", "NEVER_REPORTED", "BELOW_FLOOR");
    }

    @OnBothDatabases
    void whatAGatewayHasToSayDoesNotStopARolloutHoweverLongItIs(Consoles consoles) throws Exception {
        World world = new World(consoles, 2);
        WaveRollouts console = world.console();
        List<World.Unit> units = new ArrayList<>(world.units.values());
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
        world.refusing.add(units.get(0).key());
        world.floor = "x".repeat(1_999) + "\uD83D\uDE00\u0000" + "y".repeat(5_000);

        console.clockwork().tick();

        Map<String, Target> targets = world.targets(console, made.id());
        assertThat(units.stream().map(unit -> targets.get(unit.id).state()))
                .containsExactly(TargetState.REFUSED, TargetState.ASSIGNED);
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
    void aSecondRolloutWaitsForTheFirst(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout first = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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
        Rollout first = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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

        act(console, first.id(), Action.RESUME);
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

        act(console, first.id(), Action.RESUME);
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
        Rollout first = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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
        Rollout first = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
        console.clockwork().tick();
        act(console, first.id(), Action.STOP);
        Rollout second = World.accepted(console.create(extra(world), "person:alice"));

        console.clockwork().tick();

        assertThat(world.in(console, second.id(), TargetState.ASSIGNED)).hasSize(1);
        assertThat(world.in(console, first.id(), TargetState.CANCELLED)).hasSize(1);
    }

    @OnBothDatabases
    void whatCannotBeIsRefusedAtOnce(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Draft good = world.draft(ANY, true);

        assertThat(code(console, with(good, new Selection.Listed(List.of("g-aaaaaaaaaaaa")))))
                .isEqualTo(RolloutCode.SELECTION_UNFIT);
        assertThat(code(console, with(good, new Selection.Matching(Map.of("colour", "red")))))
                .isEqualTo(RolloutCode.FILTER_INVALID);
        assertThat(code(console, with(good, new Selection.Matching(Map.of("life", "RETIRED")))))
                .isEqualTo(RolloutCode.SELECTION_UNFIT);
        Draft unknown = new Draft(
                "n",
                good.selection(),
                List.of(new BundleChange(World.BUNDLE, Optional.of("9.9.9"))),
                List.of(),
                ANY,
                true,
                good.silentAfter());
        assertThat(code(console, unknown)).isEqualTo(RolloutCode.RELEASE_UNKNOWN);
        assertThat(((Refused) act(console, "r-aaaaaaaaaaaa", Action.STOP)).code())
                .isEqualTo(RolloutCode.ROLLOUT_UNKNOWN);
        Rollout made = World.accepted(console.create(good, "person:alice"));
        assertThat(((Refused) act(console, made.id(), Action.ROLL_BACK)).code())
                .isEqualTo(RolloutCode.NOTHING_TO_ROLL_BACK);
        assertThat(((Refused) console.act(made.id(), Action.STOP, OptionalLong.of(7), "person:alice")).code())
                .isEqualTo(RolloutCode.CHANGED_MEANWHILE);
    }

    @OnBothDatabases
    void progressIsShownAndProvesNothing(Consoles consoles) throws Exception {
        World world = new World(consoles, 1);
        WaveRollouts console = world.console();
        Rollout made = World.accepted(console.create(world.draft(ANY, true), "person:alice"));
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

    private static Draft removing(List<String> gateways) {
        return new Draft(
                "away",
                new Selection.Listed(gateways),
                List.of(new BundleChange(World.BUNDLE, Optional.empty())),
                List.of(),
                ANY,
                true,
                Duration.ofMinutes(10));
    }

    private static Draft extra(World world) {
        return new Draft(
                "extra",
                new Selection.Listed(List.copyOf(world.units.keySet())),
                List.of(new BundleChange("org.example.extra", Optional.of("1.0.0"))),
                List.of(),
                ANY,
                true,
                Duration.ofMinutes(10));
    }

    private static RolloutAnswer act(WaveRollouts console, String id, Action action) throws RolloutException {
        return console.act(id, action, OptionalLong.empty(), "person:alice");
    }

    private static RolloutCode code(WaveRollouts console, Draft draft) throws RolloutException {
        return ((Refused) console.create(draft, "person:alice")).code();
    }

    private static Draft with(Draft draft, Selection selection) {
        return new Draft(
                draft.name(),
                selection,
                draft.changes(),
                draft.waves(),
                draft.limits(),
                draft.automatic(),
                draft.silentAfter());
    }
}
