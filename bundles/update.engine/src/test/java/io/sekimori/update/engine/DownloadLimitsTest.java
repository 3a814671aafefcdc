package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DownloadLimitsTest {

    @Test
    void limitsHaveBounds() {
        assertThatCode(() -> limits(0, 0, 1, 1)).doesNotThrowAnyException();

        assertThatThrownBy(() -> limits(-1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits(0, -1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits(0, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limits(0, 0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStretchMustBringWhatItsSecondsShould() {
        assertThat(limits(0, 512, 30_000, 1).leastBytes()).isEqualTo(15_360);
        assertThat(limits(0, 512, 500, 1).leastBytes()).isEqualTo(256);
        assertThat(limits(0, 0, 30_000, 1).leastBytes())
                .as("silence is never enough")
                .isEqualTo(1);
    }

    @Test
    void whatIsSlowByOrderDoesNotStall() {
        assertThat(limits(600, 512, 1_000, 1).leastBytes()).isEqualTo(300);
        assertThat(limits(1_100, 512, 1_000, 1).leastBytes()).isEqualTo(512);
    }

    @Test
    void pausesGrowAndHaveABound() {
        DownloadLimits limits = new DownloadLimits(0, 1, Duration.ofSeconds(1), 100, Duration.ofSeconds(1));

        assertThat(limits.pauseMillis(1)).isBetween(500L, 1_000L);
        assertThat(limits.pauseMillis(4)).isBetween(4_000L, 8_000L);
        assertThat(limits.pauseMillis(90)).isBetween(30_000L, 60_000L);
    }

    private static DownloadLimits limits(long bytesPerSecond, long leastBytesPerSecond, long stallMillis, int tries) {
        return new DownloadLimits(
                bytesPerSecond, leastBytesPerSecond, Duration.ofMillis(stallMillis), tries, Duration.ZERO);
    }
}
