package io.sekimori.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void aDetailThatIsTooLongIsCut() {
        Reason reason = Reason.of(UpdateCode.UNHEALTHY, "x".repeat(Reason.MAX_DETAIL + 1));

        assertThat(reason.detail()).hasSize(Reason.MAX_DETAIL).endsWith("…");
    }

    @Test
    void aCodeIsUpperSnake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reason("not a code", ""));
    }

    @Test
    void anOriginHasNoControlCharacters() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("eve\nadmin", "local"));
    }
}
