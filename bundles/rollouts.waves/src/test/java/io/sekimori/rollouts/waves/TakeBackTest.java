package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.Standing;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** One gateway's assignment is taken back while the others go on. */
class TakeBackTest {

    private static final String ALICE = "person:alice";

    private World world;
    private WaveRollouts console;
    private Rollout made;
    private String id;

    private void begin(Consoles consoles, int count, String... waves) throws RolloutException {
        world = new World(consoles, count);
        console = world.console();
        made = World.accepted(console.create(world.draft(Limits.STRICT, true, waves), ALICE));
        console.clockwork().tick();
        id = world.units.keySet().iterator().next();
    }

    @OnBothDatabases
    void whatIsAssignedIsCancelledOnceTheGatewayHasProvedThat(Consoles consoles) throws Exception {
        begin(consoles, 2);
        long assigned = target().assignment();

        assertThat(World.accepted(console.takeBack(id, ALICE)).id()).isEqualTo(made.id());
        console.clockwork().tick();
        console.clockwork().tick();
        assertThat(target().state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(target().takenBack()).isTrue();
        assertThat(world.takenBack).containsExactly(Map.entry(key(), assigned));
        assertThat(world.versions.get(key()))
                .isEqualTo(assigned + 2); // signed once, and the other gateway's lies between

        world.hearTakenBack(console, id);
        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
        assertThat(target().code()).isEqualTo(RolloutCode.TAKEN_BACK.name());
        world.units.keySet().stream()
                .filter(other -> !other.equals(id))
                .forEach(other -> world.obey(console, other, Outcome.CONFIRMED));
        console.clockwork().tick();
        assertThat(console.get(made.id()).orElseThrow().state()).isEqualTo(RolloutState.DONE);
        assertThat(world.audit.entries)
                .anyMatch(entry -> entry.action().equals("rollout.take-back")
                        && entry.actor().equals(ALICE));
    }

    @OnBothDatabases
    void whatTheGatewayEndedInTheMiddleIsCancelled(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        world.units.get(id).reported = Optional.empty();

        world.versions.put(key(), target().assignment());
        world.obey(console, id, Outcome.CANCELLED, "");

        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
        assertThat(target().code()).isEqualTo(RolloutCode.TAKEN_BACK.name());
    }

    /** A power cut ends it; only what the gateway says after it has heard that it is void says that it is undone. */
    @OnBothDatabases
    void whatAPowerCutInterruptedIsNotCalledCancelledBeforeThatIsProved(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        long back = world.versions.get(key());

        world.versions.put(key(), target().assignment());
        world.obey(console, id, Outcome.INTERRUPTED, "PROCESS_ENDED");
        assertThat(target().state()).isEqualTo(TargetState.ASSIGNED);

        world.versions.put(key(), back);
        world.hearTakenBack(console, id);
        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
    }

    @OnBothDatabases
    void whatTheGatewayHadConfirmedIsConfirmedAndSaysThatItWasTooLate(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        long back = world.versions.get(key());

        world.versions.put(key(), target().assignment());
        world.obey(console, id, Outcome.CONFIRMED);
        assertThat(target().state()).isEqualTo(TargetState.CONFIRMED);
        assertThat(target().code()).isEqualTo(RolloutCode.TAKEN_BACK_TOO_LATE.name());

        world.versions.put(key(), back);
        world.hearTakenBack(console, id);
        console.clockwork().reconcile();
        assertThat(target().state()).isEqualTo(TargetState.CONFIRMED);
        assertThat(code(console.takeBack(id, ALICE))).isEqualTo(RolloutCode.TAKEN_BACK_TOO_LATE);
    }

    @OnBothDatabases
    void whatWaitsIsNotAssignedAndNothingIsSigned(Consoles consoles) throws Exception {
        begin(consoles, 3, "1");
        id = world.in(console, made.id(), TargetState.WAITING).get(0);

        console.takeBack(id, ALICE);
        String first = world.in(console, made.id(), TargetState.ASSIGNED).get(0);
        world.obey(console, first, Outcome.CONFIRMED);
        console.clockwork().tick();

        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
        assertThat(target().assignment()).isZero();
        assertThat(world.takenBack).isEmpty();
        assertThat(world.in(console, made.id(), TargetState.ASSIGNED)).hasSize(1);
        assertThat(code(console.takeBack(id, ALICE))).isEqualTo(RolloutCode.NOTHING_TO_TAKE_BACK);
        assertThat(code(console.takeBack("g-aaaaaaaaaaaa", ALICE))).isEqualTo(RolloutCode.NOTHING_TO_TAKE_BACK);
    }

    /** It tries again once there is room, or the pause is over. */
    @OnBothDatabases
    void whatTheGatewayMayTryAgainIsTakenBackToo(Consoles consoles) throws Exception {
        begin(consoles, 1);
        long assigned = target().assignment();
        world.obey(console, id, Outcome.REFUSED, "DISK_FULL");
        assertThat(target().state()).isEqualTo(TargetState.REFUSED);

        World.accepted(console.takeBack(id, ALICE));
        console.clockwork().tick();

        assertThat(world.takenBack).containsExactly(Map.entry(key(), assigned));
        assertThat(code(console.takeBack(id, ALICE))).isEqualTo(RolloutCode.NOTHING_TO_TAKE_BACK);
        world.hearTakenBack(console, id);
        assertThat(target().state()).isEqualTo(TargetState.REFUSED);
    }

    /** The order stands in the records before anything is signed, and whoever comes next signs. */
    @OnBothDatabases
    void aConsoleThatEndsInTheMiddleLeavesItToTheNext(Consoles consoles) throws Exception {
        begin(consoles, 1);
        world.directorAway = true;
        console.takeBack(id, ALICE);
        assertThatThrownBy(() -> console.clockwork().tick()).isInstanceOf(IllegalStateException.class);
        world.directorAway = false;

        world.now = world.now.plus(Clockwork.CLAIM);
        world.console().clockwork().tick();

        assertThat(world.takenBack).containsKey(key());
        world.hearTakenBack(console, id);
        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
    }

    @OnBothDatabases
    void twoConsolesSignItOnce(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        AtomicInteger signed = new AtomicInteger();
        WaveRollouts other = world.console();
        world.afterSigning = () -> {
            if (signed.incrementAndGet() == 1) {
                try {
                    other.clockwork().tick();
                } catch (RolloutException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        console.clockwork().tick();
        other.clockwork().tick();

        assertThat(signed).hasValue(1);
    }

    @OnBothDatabases
    void aLaterRolloutWaitsUntilTheGatewayHasHeardThatGoesOnAndIsNotMadeVoid(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        console.clockwork().tick();
        assertThat(in(later).state()).isEqualTo(TargetState.WAITING);

        world.hearTakenBack(console, id);
        console.clockwork().tick();
        console.clockwork().tick();
        world.obey(console, id, Outcome.CONFIRMED);

        List<Standing> standing = console.standing(id);
        assertThat(standing).extracting(Standing::rollout).containsExactlyInAnyOrder(later.id(), made.id());
        assertThat(in(later).state()).isEqualTo(TargetState.CONFIRMED);
        assertThat(target().state()).isEqualTo(TargetState.CANCELLED);
    }

    @OnBothDatabases
    void aLaterRolloutWaitsAlsoWhereTheEarlierOneWasStoppedAndNoLongerThanForSilence(Consoles consoles)
            throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.act(made.id(), Action.STOP, OptionalLong.empty(), ALICE);
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        console.clockwork().tick();
        assertThat(in(later).state()).isEqualTo(TargetState.WAITING);

        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();

        assertThat(target().state()).isEqualTo(TargetState.SILENT);
        assertThat(in(later).state()).isEqualTo(TargetState.ASSIGNED);
    }

    @OnBothDatabases
    void whoseTakeBackCannotBeSignedKeepsNobodyFromTheirs(Consoles consoles) throws Exception {
        begin(consoles, 3);
        List<String> ids = List.copyOf(world.units.keySet());
        for (String one : ids) {
            console.takeBack(one, ALICE);
        }
        world.insteadOfTakingBack = order -> {
            if (order.device().equals(world.units.get(ids.get(0)).key())) {
                throw new ArithmeticException("long overflow");
            }
            return order.device().equals(world.units.get(ids.get(1)).key())
                    ? Optional.of(new AssignAnswer.Refused(order.device(), "REPORT_MALFORMED", "no such version"))
                    : Optional.empty();
        };

        assertThatThrownBy(() -> console.clockwork().tick()).isInstanceOf(ArithmeticException.class);
        assertThat(world.takenBack).containsOnlyKeys(world.units.get(ids.get(2)).key());

        world.insteadOfTakingBack = order -> Optional.empty();
        world.now = world.now.plus(Clockwork.CLAIM);
        console.clockwork().tick();
        assertThat(world.takenBack).hasSize(3);
    }

    @OnBothDatabases
    void aRolloutThatFailsStopsNoTakeBackAndTheOtherWayRound(Consoles consoles) throws Exception {
        begin(consoles, 2, "1");
        id = world.in(console, made.id(), TargetState.ASSIGNED).get(0);
        console.takeBack(id, ALICE);
        World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        int signed = world.signed.size();
        world.afterSigning = () -> {
            if (world.signed.size() > signed) {
                throw new IllegalStateException("the disk is full");
            }
        };
        assertThatThrownBy(() -> console.clockwork().tick()).hasMessage("the disk is full");
        assertThat(world.takenBack).containsOnlyKeys(key());

        String second = world.in(console, made.id(), TargetState.WAITING).get(0);
        console.takeBack(second, ALICE);
        world.hearTakenBack(console, id);
        world.afterSigning = () -> {};
        Rollout last = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        console.clockwork().tick();
        console.takeBack(id, ALICE);
        world.directorAway = true;
        world.now = world.now.plus(Clockwork.CLAIM);
        assertThatThrownBy(() -> console.clockwork().tick()).hasMessage("the console ended");
        assertThat(world.targets(console, last.id()).get(second).state()).isEqualTo(TargetState.ASSIGNED);
    }

    /** What another console has signed, and has not recorded yet, has a number that nobody here knows. */
    @OnBothDatabases
    void whatNobodyTookBackIsNotMadeVoidWhileItIsBeingSigned(Consoles consoles) throws Exception {
        begin(consoles, 1);
        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        console.takeBack(id, ALICE);
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        Instant until = world.now.plus(Clockwork.CLAIM);
        List<TargetRows.Claimed> claimed = new WaveRecords(consoles::console)
                .write(connection -> TargetRows.claim(connection, later.id(), "", 1, world.now, until, 500));
        assertThat(claimed).hasSize(1);

        console.clockwork().tick();
        assertThat(world.takenBack).isEmpty();

        world.now = until; // the other console has ended
        console.clockwork().tick();
        assertThat(world.takenBack).containsEntry(key(), target().assignment());
        assertThat(in(later).state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(in(later).assignment()).isEqualTo(world.versions.get(key()));
    }

    /** The later order wins: it is signed after what is being taken back, and is not made void with it. */
    @OnBothDatabases
    void whatIsOrderedLaterIsSignedAfterWhatIsBeingTakenBack(Consoles consoles) throws Exception {
        begin(consoles, 1);
        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick(); // silent, so that nothing waits for it
        console.takeBack(id, ALICE);
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        WaveRollouts other = world.console();
        world.insteadOfTakingBack = order -> {
            ticks(other);
            assertThat(at(later)).isEqualTo(TargetState.WAITING);
            return Optional.empty();
        };

        console.clockwork().tick();

        assertThat(world.takenBack).containsExactly(Map.entry(key(), target().assignment()));
        assertThat(in(later).state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(in(later).assignment()).isEqualTo(world.versions.get(key()));
        assertThat(world.signed).hasSize(2);
        world.obey(console, id, Outcome.CONFIRMED);
        assertThat(in(later).state()).isEqualTo(TargetState.CONFIRMED);
    }

    /** Also what rolls back, which does not wait for what it rolls back. */
    @OnBothDatabases
    void whatRollsBackIsSignedAfterWhatIsBeingTakenBack(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        Rollout back = World.accepted(console.act(made.id(), Action.ROLL_BACK, OptionalLong.empty(), ALICE));
        WaveRollouts other = world.console();
        world.insteadOfTakingBack = order -> {
            ticks(other);
            return Optional.empty();
        };

        console.clockwork().tick();
        console.clockwork().tick();

        assertThat(world.takenBack).containsKey(key());
        assertThat(in(back).assignment()).isEqualTo(world.versions.get(key()));
    }

    /** A console that stood still while its claim ran out signs too late, and has made void what others signed meanwhile. */
    @OnBothDatabases
    void whatASlowConsoleMadeVoidIsAssignedAnewAndItsNextOnesAreLeftToOthers(Consoles consoles) throws Exception {
        begin(consoles, 2);
        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        for (String one : world.units.keySet()) {
            console.takeBack(one, ALICE);
        }
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        WaveRollouts other = world.console();
        AtomicInteger asked = new AtomicInteger();
        world.insteadOfTakingBack = order -> {
            if (asked.incrementAndGet() == 1) {
                world.now = world.now.plus(Clockwork.CLAIM);
                ticks(other);
                assertThat(at(later)).isEqualTo(TargetState.ASSIGNED);
            }
            return Optional.empty();
        };

        console.clockwork().tick();

        assertThat(asked).hasValue(3); // one too late, and two by the other console
        for (String one : world.units.keySet()) {
            Target target = world.targets(console, later.id()).get(one);
            assertThat(target.state()).isEqualTo(TargetState.ASSIGNED);
            assertThat(target.assignment())
                    .isEqualTo(world.versions.get(world.units.get(one).key()));
        }
    }

    @OnBothDatabases
    void whatCannotBeTakenBackDoesNotHoldUpWhatWasOrderedLater(Consoles consoles) throws Exception {
        begin(consoles, 1);
        world.now = world.now.plus(Duration.ofMinutes(11));
        console.clockwork().tick();
        console.takeBack(id, ALICE);
        Rollout later = World.accepted(console.create(world.draft(Limits.STRICT, true), ALICE));
        world.directorAway = true;
        assertThatThrownBy(() -> console.clockwork().tick()).hasMessage("the console ended");
        assertThat(in(later).state()).isEqualTo(TargetState.WAITING);

        world.now = world.now.plus(Clockwork.SIGNING);
        world.console().clockwork().tick();
        world.now = world.now.plus(Clockwork.CLAIM);
        console.clockwork().tick();

        assertThat(in(later).state()).isEqualTo(TargetState.ASSIGNED);
        assertThat(world.takenBack).isEmpty(); // the larger number stands instead of it
    }

    private static void ticks(WaveRollouts other) {
        try {
            other.clockwork().tick();
        } catch (RolloutException e) {
            throw new IllegalStateException(e);
        }
    }

    private TargetState at(Rollout rollout) {
        try {
            return in(rollout).state();
        } catch (RolloutException e) {
            throw new IllegalStateException(e);
        }
    }

    @OnBothDatabases
    void whatRunsByItsNumberIsNotCalledCancelledThoughOtherBundlesRunBesideIt(Consoles consoles) throws Exception {
        begin(consoles, 1);
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        long back = world.versions.get(key());
        World.put(world.units.get(id), World.bundle("org.example.extra", "1.0.0"));
        world.versions.put(key(), target().assignment());
        world.obey(console, id, Outcome.CONFIRMED);

        world.versions.put(key(), back);
        world.hearTakenBack(console, id);

        assertThat(target().state()).isEqualTo(TargetState.CONFIRMED);
        assertThat(target().code()).isEqualTo(RolloutCode.TAKEN_BACK_TOO_LATE.name());
    }

    /** An assignment that is signed anew has a later number. */
    @OnBothDatabases
    void whatMayBeItOnceMoreIsNotCalledCancelled(Consoles consoles) throws Exception {
        begin(consoles, 1);
        long anew = world.version.incrementAndGet();
        console.takeBack(id, ALICE);
        console.clockwork().tick();
        World.Unit unit = world.units.get(id);
        World.put(unit, World.bundle("org.example.extra", "1.0.0"));
        unit.assignment = anew;

        world.hearTakenBack(console, id);

        assertThat(target().state()).isEqualTo(TargetState.ASSIGNED);
    }

    private Target target() throws RolloutException {
        return in(made);
    }

    private Target in(Rollout rollout) throws RolloutException {
        return world.targets(console, rollout.id()).get(id);
    }

    private String key() {
        return world.units.get(id).key();
    }

    private static RolloutCode code(RolloutAnswer answer) {
        return ((RolloutAnswer.Refused) answer).code();
    }
}
