package io.sekimori.lasting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastingTest {

    @Test
    void theServiceThatIsThereWins() {
        assertThat(Lasting.of("now", "at the end")).isEqualTo("now");
    }

    @Test
    void theOneAtTheEndOutlivesTheReference() {
        assertThat(Lasting.of(null, "at the end")).isEqualTo("at the end");
    }

    @Test
    void whatNeverWasThereIsAbsent() {
        assertThat(Lasting.<String>of(null, null)).isNull();
    }

    @Test
    void beforeTheEndTheListIsTheOneThatIsThere() {
        assertThat(Lasting.all(List.of("now"), List.of())).containsExactly("now");
    }

    @Test
    void aListThatIsBeingEmptiedIsNotUsed() {
        assertThat(Lasting.all(List.of("second"), List.of("first", "second"))).containsExactly("first", "second");
    }
}
