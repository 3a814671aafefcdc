package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenTest {

    @Test
    void theKernelsCountIsTaken() {
        assertThat(Written.bytes(List.of("wchar: 9", "read_bytes: 8", "write_bytes: 4096", "cancelled_write_bytes: 7")))
                .hasValue(4096);
        assertThat(Written.bytes()).isPresent();
    }

    @Test
    void whereNobodyCountsThereIsNone() {
        assertThat(Written.bytes(List.of())).isEmpty();
        assertThat(Written.bytes(List.of("write_bytes: -1"))).isEmpty();
    }
}
