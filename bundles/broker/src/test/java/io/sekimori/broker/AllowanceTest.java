package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private long now;

    private final Allowance allowance = new Allowance(1_000, 3, () -> now);

    @Test
    void whatWasSavedMayBeSpentAtOnceAndNoMore() {
        assertThat(allowance.spend(3_000)).isTrue();
        assertThat(allowance.spend(1)).isFalse();
    }

    @Test
    void itIsRefilledSteadilyUpToWhatMayBeSaved() {
        allowance.spend(3_000);
        now += Duration.ofMillis(500).toNanos();
        assertThat(allowance.spend(501)).isFalse();
        assertThat(allowance.spend(500)).isTrue();
        now += Duration.ofDays(1).toNanos();
        assertThat(allowance.spend(3_001)).isFalse();
        assertThat(allowance.spend(3_000)).isTrue();
    }

    @Test
    void whatIsRefusedCostsNothing() {
        assertThat(allowance.spend(3_001)).isFalse();
        assertThat(allowance.spend(3_000)).isTrue();
    }
}
