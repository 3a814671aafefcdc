package io.sekimori.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.status.BundleStatus.Verdict;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void wordsFromOutsideAreShortAndClean() {
        Finding finding = new Finding("A_CODE", "a\u001b[31m\n" + "x".repeat(400), Instant.EPOCH);

        assertThat(finding.detail()).startsWith("a?[31m?x").hasSize(300);
    }

    @Test
    void aRefusedBundleSaysWhy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleStatus("a", "1", "", Verdict.REFUSED, "", "ACTIVE"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BundleStatus("a", "1", "", Verdict.VOUCHED, "FILE_DIFFERS", "ACTIVE"));
    }

    @Test
    void aCodeIsOneWord() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Finding("no code", "", Instant.EPOCH));
    }

    @Test
    void aWarningIsNotRedAndWhatCannotBeSaidIs() {
        assertThat(new HealthStatus("a", "WARN", "").red()).isFalse();
        assertThat(new HealthStatus("a", "TIMED_OUT", "").red()).isTrue();
    }
}
