package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.OptionalLong;

class ClaimedVersionFuzzTest {

    @FuzzTest(maxDuration = "5s")
    void whateverComesIsAVersionOrNothing(byte[] data) {
        OptionalLong version = ClaimedVersion.of(data);

        assertThat(version.orElse(1)).isPositive();
    }
}
