package io.sekimori.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Time time = new Time();
    private final Repeats repeats = new Repeats(time, HOUR);

    @Test
    void theFirstIsRecordedAndThenOneInEachPauseWithHowManyItStandsFor() {
        assertThat(repeats.due("a")).isEqualTo(1);
        for (int minute = 1; minute < 60; minute++) {
            time.now = time.now.plusSeconds(60);
            assertThat(repeats.due("a")).isZero();
        }

        time.now = time.now.plusSeconds(60);

        assertThat(repeats.due("a")).isEqualTo(60);
        assertThat(repeats.due("a")).isZero();
    }

    @Test
    void eachIsCountedByItself() {
        assertThat(repeats.due("a")).isEqualTo(1);
        assertThat(repeats.due("b")).isEqualTo(1);
        assertThat(repeats.due("a")).isZero();
    }

    @Test
    void aClockThatIsSetBackHoldsNothingBack() {
        repeats.due("a");
        repeats.due("a");

        time.now = time.now.minus(Duration.ofDays(400));

        assertThat(repeats.due("a")).isEqualTo(2);
    }

    @Test
    void whoRepeatsManyThingsFillsNoMemoryAndHidesNothingNew() {
        repeats.due("a");
        for (int i = 0; i < 10_000; i++) {
            assertThat(repeats.due("b" + i)).isEqualTo(1);
            assertThat(repeats.due("a")).isZero(); // it is heard of all the time
        }

        assertThat(repeats.due("b0")).isEqualTo(1);
    }

    /** A clock that stands where a test puts it. */
    private static final class Time extends Clock {

        private Instant now = Instant.parse("2026-11-23T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
