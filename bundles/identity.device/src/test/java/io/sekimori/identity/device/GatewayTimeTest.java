package io.sekimori.identity.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import io.sekimori.identity.IdentityCode;
import io.sekimori.update.TimeReading.Source;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts, on clocks that stand, go and jump. */
class GatewayTimeTest {

    private static final Instant BUILT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    @TempDir
    private Path folder;

    private final Machine machine = new Machine();
    private GatewayTime time;
    private int asked;
    private Duration says = Duration.ofDays(1);

    @BeforeEach
    void make() {
        time = new GatewayTime(new Unit(folder), BUILT, machine, () -> machine.nanos, folder.resolve("synchronized"));
    }

    @Test
    void aClockThatNothingContradictsCounts() throws Exception {
        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
        assertThat(time.now().now()).isEqualTo(NOON);

        Files.createFile(folder.resolve("synchronized"));

        assertThat(time.now().source()).isEqualTo(Source.NETWORK);
    }

    @Test
    void aClockBeforeTheFloorIsNobodysWord() {
        machine.wall = BUILT.minus(Duration.ofMinutes(11));

        assertThat(time.now().source()).isEqualTo(Source.NONE);
        assertThat(time.now().trusted()).isFalse();
        assertThat(time.forCertificates().instant()).isEqualTo(BUILT);

        machine.wall = BUILT.minus(Duration.ofMinutes(10));

        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
    }

    @Test
    void theConsolesWordGoesOnWhateverTheClockDoes() {
        TimeWatch watch = failing();
        time.said(NOON);
        machine.pass(Duration.ofHours(2));
        machine.wall = Instant.EPOCH;
        watch.look();

        assertThat(time.now().source()).isEqualTo(Source.CONSOLE);
        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofHours(2)));
        assertThat(time.now().offset()).isPositive();
        assertThat(time.forCertificates().instant()).isEqualTo(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void aConsoleThatTurnsTheTimeBackTakesNothingBackThatHasEnded() throws Exception {
        Files.createFile(folder.resolve("synchronized"));
        time.said(NOON.minus(Duration.ofDays(3)));

        assertThat(time.now().source()).isEqualTo(Source.NETWORK);
        assertThat(time.now().now()).isEqualTo(NOON);
        assertThat(time.contradicted()).isTrue();
    }

    @Test
    void aClockThatIsSetBackTakesNothingBackThatHasEnded() {
        TimeWatch watch = failing();
        time.said(NOON);
        machine.wall = BUILT;
        watch.look();

        assertThat(time.now().now()).isEqualTo(NOON);
    }

    @Test
    void aLieOutlivesTheLiarByADay() {
        time.said(Instant.parse("2099-01-01T00:00:00Z"));
        machine.pass(Duration.ofHours(24));
        assertThat(time.now().source()).isEqualTo(Source.CONSOLE);

        machine.pass(Duration.ofSeconds(1));

        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
        assertThat(time.forCertificates().instant()).isEqualTo(machine.wall);
    }

    @Test
    void aConsoleThatTurnsTheTimeAheadBeginsNothingThatAKeptClockHasNotBegun() throws Exception {
        time.said(NOON.plus(Duration.ofDays(1)));
        assertThat(time.now().earliest()).isEqualTo(NOON.plus(Duration.ofDays(1)));

        Files.createFile(folder.resolve("synchronized"));

        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        assertThat(time.now().earliest()).isEqualTo(NOON);
    }

    @Test
    void aConsoleThatTurnsTheTimeAheadBeginsNothingForADayThatItsOwnWordHasNotBegun() {
        machine.wall = Instant.EPOCH;
        time.said(NOON);
        machine.pass(Duration.ofHours(12));
        time.said(NOON.plus(Duration.ofDays(30)));
        machine.pass(Duration.ofHours(12));
        time.said(NOON.plus(Duration.ofDays(40)));
        machine.pass(Duration.ofHours(12));

        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofDays(40)).plus(Duration.ofHours(12)));
        assertThat(time.now().earliest()).isEqualTo(NOON.plus(Duration.ofHours(36)));

        machine.pass(Duration.ofSeconds(1));
        assertThat(time.now().earliest()).isEqualTo(time.now().now());
    }

    @Test
    void manySmallStepsGoNoFartherThanOne() {
        machine.wall = Instant.EPOCH;
        time.said(NOON);
        for (int step = 1; step <= 90; step++) {
            machine.pass(Duration.ofMinutes(15));
            time.said(NOON.plus(Duration.ofMinutes(15L * step + 9L * step)));
        }

        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofMinutes(90 * 24)));
        assertThat(time.now().earliest()).isEqualTo(NOON.plus(Duration.ofMinutes(90 * 15)));
    }

    @Test
    void whatItSaidLastIsTheFirstWordOfTheNextDay() {
        machine.wall = Instant.EPOCH;
        time.said(NOON);
        machine.pass(Duration.ofHours(13));
        time.said(NOON.plus(Duration.ofHours(13)).plus(Duration.ofMinutes(9)));
        machine.pass(Duration.ofHours(13));
        time.said(NOON.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(18)));
        assertThat(time.now().earliest()).isEqualTo(time.now().now());

        time.said(NOON.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(20)));

        assertThat(time.now().earliest())
                .isEqualTo(NOON.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(9)));
    }

    @Test
    void aConsoleThatSaysAgainWhatItSaidAtFirstTakesItsLieBack() {
        machine.wall = Instant.EPOCH;
        time.said(NOON);
        time.said(NOON.plus(Duration.ofDays(30)));
        assertThat(time.now().earliest()).isEqualTo(NOON);

        machine.pass(Duration.ofHours(1));
        time.said(NOON.plus(Duration.ofHours(1)));

        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(time.now().earliest()).isEqualTo(time.now().now());
    }

    @Test
    void aFloorThatWasSignedByMistakeDoesNotKeepTheConsoleOut() {
        GatewayTime mistaken = new GatewayTime(
                new Unit(folder),
                Instant.parse("2099-01-01T00:00:00Z"),
                machine,
                () -> machine.nanos,
                folder.resolve("synchronized"));
        mistaken.said(NOON);

        assertThat(mistaken.now().trusted()).isFalse();
        assertThat(mistaken.forCertificates().instant()).isEqualTo(NOON);
    }

    @Test
    void aClockThatTheConsoleConfirmsCounts() {
        time.said(NOON.plus(Duration.ofMinutes(9)));

        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
        assertThat(time.now().now()).isEqualTo(NOON);
    }

    @Test
    void aConsoleBehindTheFloorIsNotHeard() {
        time.said(BUILT.minus(Duration.ofDays(1)));

        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
    }

    @Test
    void theConsoleIsAskedOnceAndAgainAfterHalfADay() {
        says = Duration.ZERO;
        TimeWatch watch = watch();

        watch.look();
        machine.pass(Duration.ofHours(11));
        watch.look();
        assertThat(asked).isEqualTo(1);

        machine.pass(Duration.ofHours(1));
        watch.look();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aConsoleThatContradictsTheClockIsAskedAgainSoonAndMayTakeItBack() {
        TimeWatch watch = watch();
        watch.look();
        assertThat(time.now().source()).isEqualTo(Source.CONSOLE);

        says = Duration.ZERO;
        machine.pass(Duration.ofMinutes(15));
        watch.look();

        assertThat(asked).isEqualTo(2);
        assertThat(time.now().source()).isEqualTo(Source.CLOCK);
    }

    @Test
    void aClockThatJumpsForwardsOrBackwardsHasItAskedAgain() {
        TimeWatch watch = watch();
        watch.look();

        machine.wall = machine.wall.plus(Duration.ofMinutes(2));
        watch.look();
        assertThat(asked).isEqualTo(2);

        machine.wall = machine.wall.minus(Duration.ofDays(400));
        watch.look();
        assertThat(asked).isEqualTo(3);

        machine.pass(Duration.ofMinutes(2));
        watch.look();
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void aMachineThatSleptGoesByItsClockWhichIsLater() {
        TimeWatch watch = failing();
        time.said(NOON);

        machine.wall = machine.wall.plus(Duration.ofHours(8)); // the time since the start stood still
        watch.look();

        assertThat(asked).isEqualTo(1);
        assertThat(time.now().now()).isEqualTo(NOON.plus(Duration.ofHours(8)));
    }

    @Test
    void whatFailsIsTriedAgainAndSaid() {
        TimeWatch watch = failing();

        watch.look();
        machine.pass(Duration.ofSeconds(31));
        watch.look();

        assertThat(asked).isEqualTo(2);
        assertThat(watch.refusal())
                .hasValueSatisfying(refused -> assertThat(refused.code()).isEqualTo(IdentityCode.CONSOLE_UNREACHABLE));
    }

    private TimeWatch failing() {
        return new TimeWatch(
                time,
                (console, pin) -> {
                    asked++;
                    throw new NotEnrolled(IdentityCode.CONSOLE_UNREACHABLE, "by test", null);
                },
                GatewayTimeTest::place,
                machine,
                () -> machine.nanos,
                Lab.silent());
    }

    private TimeWatch watch() {
        return new TimeWatch(
                time,
                (console, pin) -> {
                    asked++;
                    time.said(machine.wall.plus(says));
                },
                GatewayTimeTest::place,
                machine,
                () -> machine.nanos,
                Lab.silent());
    }

    private static Optional<TimeWatch.Place> place() {
        return Optional.of(new TimeWatch.Place(URI.create("https://localhost"), "0".repeat(64)));
    }

    /** A clock, and the time since its machine started. */
    private static final class Machine extends Clock {

        private Instant wall = NOON;
        private long nanos = -5;

        void pass(Duration duration) {
            wall = wall.plus(duration);
            nanos += duration.toNanos();
        }

        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
