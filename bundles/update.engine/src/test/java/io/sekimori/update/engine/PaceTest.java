package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counted in the pauses that are ordered, on a clock that goes forward by nothing else. */
class PaceTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = 17;
    private long longestPauseMillis;

    private final Pace pace = pace(50_000);

    @Test
    void whatIsReadTakesItsTime() throws Exception {
        int most = pace.most(1 << 16);
        for (int read = 0; read < 1_000_000; read += most) {
            pace.spent(most);
        }

        // A pause that is not worth it, of less than 10 ms, is made with the next one.
        assertThat(now - 17).isBetween(20 * SECOND - TimeUnit.MILLISECONDS.toNanos(10), 20 * SECOND);
        assertThat(most).isEqualTo(5_000);
        assertThat(longestPauseMillis).isLessThanOrEqualTo(110);
    }

    @Test
    void aSourceThatIsSlowerIsNotSlowedDown() throws Exception {
        for (int i = 0; i < 100; i++) {
            now += SECOND;
            pace.spent(1_000);
        }

        assertThat(longestPauseMillis).isZero();
    }

    @Test
    void timeInWhichNothingCameIsNotMadeUpFor() throws Exception {
        pace.spent(1_000);
        now += 3_600 * SECOND;
        pace.spent(1_000);
        long before = now;

        for (int i = 0; i < 200; i++) {
            pace.spent(5_000);
        }

        assertThat(now - before).isGreaterThan(19 * SECOND);
    }

    @Test
    void aSecondIsMadeUpForAndNothingMore() throws Exception {
        now += 2 * SECOND;
        pace.spent(50_000);
        pace.spent(50_000);
        assertThat(longestPauseMillis).isZero();

        now += 2 * SECOND + TimeUnit.MILLISECONDS.toNanos(1);
        pace.spent(50_000);
        pace.spent(50_000);
        assertThat(longestPauseMillis).isEqualTo(1_000);
    }

    @Test
    void aPauseThatIsNotWorthItIsMadeWithTheNext() throws Exception {
        pace.spent(499);
        assertThat(longestPauseMillis).isZero();

        pace.spent(1);
        assertThat(longestPauseMillis).isEqualTo(10);
    }

    @Test
    void withoutALimitNothingIsWaitedFor() throws Exception {
        Pace free = pace(0);

        free.spent(Integer.MAX_VALUE);

        assertThat(free.most(1 << 16)).isEqualTo(1 << 16);
        assertThat(longestPauseMillis).isZero();
    }

    @Test
    void theSlowestPaceStillGoesOn() {
        assertThat(pace(1).most(1 << 16)).isEqualTo(1);
    }

    private Pace pace(long bytesPerSecond) {
        return new Pace(bytesPerSecond, () -> now, millis -> {
            longestPauseMillis = Math.max(longestPauseMillis, millis);
            now += TimeUnit.MILLISECONDS.toNanos(millis);
        });
    }
}
