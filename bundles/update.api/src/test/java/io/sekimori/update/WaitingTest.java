package io.sekimori.update;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingTest {

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsCode(Waiting waiting) {
        assertThat(Waiting.of(waiting.name())).contains(waiting);
    }

    @Test
    void whatTimeEndsIsForNobody() {
        assertThat(Waiting.values())
                .filteredOn(each -> !each.forPerson())
                .containsExactly(Waiting.OUTSIDE_WINDOW, Waiting.CLOCK_WRONG, Waiting.TIME_UNTRUSTED);
    }

    @Test
    void whatFailedDoesNotWait() {
        assertThat(Waiting.of("BELOW_FLOOR")).isEmpty();
        assertThat(Waiting.of("")).isEmpty();
    }
}
