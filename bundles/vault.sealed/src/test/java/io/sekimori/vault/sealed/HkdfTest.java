package io.sekimori.vault.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 5869, appendix A, as far as one block goes. */
class HkdfTest {

    @Test
    void basicCase() {
        byte[] made = Hkdf.derive(hex("0b".repeat(22)), hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"));

        assertThat(made).isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"));
    }

    @Test
    void withoutSaltAndInfo() {
        byte[] made = Hkdf.derive(hex("0b".repeat(22)), new byte[0], new byte[0]);

        assertThat(made).isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
