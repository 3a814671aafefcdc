package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No key has two forms. */
class FixedDerTest {

    private static final FixedDer DER = FixedDer.of("3003", 2);

    @Test
    void whatWasPutIntoItIsReadFromIt() {
        assertThat(DER.encode(new byte[] {5, 6})).isEqualTo(new byte[] {0x30, 3, 5, 6});
        assertThat(DER.content(new byte[] {0x30, 3, 5, 6})).contains(new byte[] {5, 6});
    }

    @ParameterizedTest
    @ValueSource(strings = {"30030506ff", "300305", "3003", "", "31030506", "30040506", "05063003"})
    void anotherFormIsNone(String encoded) {
        assertThat(DER.content(HexFormat.of().parseHex(encoded))).isEmpty();
    }
}
