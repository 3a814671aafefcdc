package io.sekimori.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Repeats repeats = new Repeats(() -> this.now, HOUR);
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    @Test
    void theFirstIsRecordedAndThenOneInEachPauseWithHowManyItStandsFor() {
        assertThat(repeats.due("a")).isEqualTo(1);
        for (int minute = 1; minute < 60; minute++) {
            now = now.plusSeconds(60);
            assertThat(repeats.due("a")).isZero();
        }

        now = now.plusSeconds(60);

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

        now = now.minus(Duration.ofDays(400));

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
}
