package io.sekimori.demo.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MoodTest {

    @Test
    void aReleaseWithoutTheHeaderIsWell() {
        assertThat(Mood.of(null)).isEqualTo(Mood.WELL);
    }

    @Test
    void theHeaderNamesTheMood() {
        assertThat(Mood.of("stuck")).isEqualTo(Mood.STUCK);
    }
}
