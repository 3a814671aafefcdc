package io.sekimori.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final String REVERTED = "{\"outcome\": \"REVERTED\", \"code\": \"UNHEALTHY\", \"detail\": \"ill\","
            + " \"swaps\": [{\"gapMicros\": 2500}, {\"gapMicros\": 1000}]}";

    @Test
    void theLongestGapAndTheReasonAreTaken() throws Broken {
        Outcome outcome = Outcome.of(new Tool.Answer(1, REVERTED, ""));

        assertThat(outcome.name()).isEqualTo("REVERTED");
        assertThat(outcome.code()).isEqualTo("UNHEALTHY");
        assertThat(outcome.gapMillis()).isEqualTo(2);
    }

    @Test
    void aTransitionThatWasNotBegunHasItsCodeOnStderr() throws Broken {
        Outcome outcome = Outcome.of(new Tool.Answer(1, "", "BELOW_FLOOR: too old\n  -> assign a newer one\n"));

        assertThat(outcome.mustFailFor("BELOW_FLOOR").name()).isEmpty();
    }

    @Test
    void anotherReasonThanTheOneWantedBreaksTheLine() throws Broken {
        Outcome outcome = Outcome.of(new Tool.Answer(1, REVERTED, ""));

        assertThatExceptionOfType(Broken.class).isThrownBy(() -> outcome.mustFailFor("BELOW_FLOOR"));
        assertThatExceptionOfType(Broken.class).isThrownBy(() -> outcome.mustBe("CONFIRMED"));
    }

    @Test
    void whatWasConfirmedDidNotFail() throws Broken {
        Outcome outcome = Outcome.of(new Tool.Answer(0, "{\"outcome\": \"CONFIRMED\", \"swaps\": []}", ""));

        assertThatExceptionOfType(Broken.class).isThrownBy(() -> outcome.mustFailFor(""));
    }
}
