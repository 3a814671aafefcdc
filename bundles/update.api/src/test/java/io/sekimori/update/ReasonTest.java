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
    void whatHasNoBytesAndWhatMovesTheCursorIsReplaced() {
        Reason reason = Reason.of(UpdateCode.UNHEALTHY, "a\ud800b\u001b[2Jc\n");

        assertThat(reason.detail()).isEqualTo("a?b?[2Jc?");
    }

    @Test
    void aPairCutInTheMiddleIsReplaced() {
        Reason reason = Reason.of(UpdateCode.UNHEALTHY, "\ud83d\ude00".repeat(Reason.MAX_DETAIL));

        assertThat(reason.detail()).hasSize(Reason.MAX_DETAIL).endsWith("?…");
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
