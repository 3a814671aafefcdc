package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sources that must bring 1,000 bytes in each 10 seconds, on a clock of its own. */
class StretchTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = -SECOND; // a clock that only goes forward may begin anywhere

    private final DownloadLimits limits = new DownloadLimits(0, 100, Duration.ofSeconds(10), 1, Duration.ZERO);
    private final Stretch stretch = new Stretch(limits, BEGIN, 0);

    @Test
    void itIsJudgedWhenItHasEndedAndNotBefore() {
        assertThat(stretch.broughtTooLittle(BEGIN + 10 * SECOND - 1, 0)).isFalse();
        assertThat(stretch.broughtTooLittle(BEGIN + 10 * SECOND, 0)).isTrue();
    }

    @Test
    void enoughIsEnough() {
        assertThat(stretch.broughtTooLittle(BEGIN + 10 * SECOND, 1_000)).isFalse();
        assertThat(new Stretch(limits, BEGIN, 0).broughtTooLittle(BEGIN + 10 * SECOND, 999))
                .isTrue();
    }

    @Test
    void whatOneBroughtIsNoMeritOfTheNext() {
        stretch.broughtTooLittle(BEGIN + 11 * SECOND, 1_000_000);

        assertThat(stretch.broughtTooLittle(BEGIN + 21 * SECOND - 1, 1_000_000)).isFalse();
        assertThat(stretch.broughtTooLittle(BEGIN + 21 * SECOND, 1_000_999)).isTrue();
    }

    @Test
    void whatWasHereBeforeItBeganIsNoMeritOfTheFirst() {
        Stretch continued = new Stretch(limits, BEGIN, 70_000);

        assertThat(continued.broughtTooLittle(BEGIN + 10 * SECOND, 70_999)).isTrue();
    }
}
