package io.sekimori.keys.file;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.keys.KeyException;

/** Whatever a key file holds, reading it ends with a key or a refusal. */
class KeyFileFuzzTest {

    @FuzzTest
    void aKeyFileIsAKeyOrIsRefused(FuzzedDataProvider data) {
        byte[] file = data.consumeRemainingAsBytes();
        try (KeyMaterial key = KeyFileFormat.parse(file)) {
            EllipticCurve.publicKey(key);
            EllipticCurve.sign(key, new byte[1]);
        } catch (KeyException e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("a refusal without words", e);
            }
        }
    }
}
