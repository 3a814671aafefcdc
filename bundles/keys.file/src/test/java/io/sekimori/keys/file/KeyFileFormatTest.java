package io.sekimori.keys.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyFileFormatTest {

    private byte[] file;

    @BeforeEach
    void aKeyFile() throws KeyException {
        file = KeyFileFormat.encode(EllipticCurve.generate(KeyAlgorithm.EC_P256));
    }

    @Test
    void readsBackWhatItWrote() throws KeyException {
        try (KeyMaterial key = KeyFileFormat.parse(file)) {
            assertThat(KeyFileFormat.encode(key)).isEqualTo(file);
        }
    }

    @Test
    void aFileCutOffAnywhereIsRefused() {
        for (int length = 0; length < file.length; length++) {
            assertMalformed(Arrays.copyOf(file, length));
        }
    }

    @Test
    void aFileWithAChangedByteIsRefused() {
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;
            assertMalformed(changed);
        }
    }

    @Test
    void aFileThatGoesOnIsRefused() {
        assertMalformed(Arrays.copyOf(file, file.length + 1));
        assertMalformed(new byte[KeyFileFormat.MAX_BYTES + 1]);
    }

    @Test
    void aRefusalTellsNothingOfTheKey() {
        String secret = new String(file, StandardCharsets.US_ASCII)
                .lines()
                .skip(3)
                .findFirst()
                .orElseThrow();
        byte[] changed = new String(file, StandardCharsets.US_ASCII)
                .replace("private ", "private !")
                .getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> KeyFileFormat.parse(changed)).satisfies(e -> {
            assertThat(e.toString()).doesNotContain(secret.substring(8, 20));
            assertThat(e.getCause()).isNull();
        });
    }

    @Test
    void materialIsNeverPrintedAndWipedWhenClosed() throws KeyException {
        KeyMaterial key = KeyFileFormat.parse(file);
        byte[] secret = key.privateKey();

        key.close();

        assertThat(key.toString()).isEqualTo("[secret]");
        assertThat(secret).containsOnly(0);
    }

    private static void assertMalformed(byte[] file) {
        assertThatThrownBy(() -> KeyFileFormat.parse(file))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.code()).isEqualTo(KeyCode.KEY_FILE_MALFORMED));
    }
}
