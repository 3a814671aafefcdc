package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys and signatures come from outside before anything is verified: whatever they are, they verify nothing. */
class SignatureFuzzTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    @FuzzTest(maxDuration = "60s")
    void noKeyAndNoSignatureBreaksAnything(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (String[] kind : new String[][] {
            {"ed25519", "ed25519"},
            {"rsa", "rsassa-pss-sha256"},
            {"ecdsa", "ecdsa-sha2-nistp256"},
            {MlDsa65.KEY_TYPE, MlDsa65.SCHEME}
        }) {
            TufKey key = new TufKey("a".repeat(64), kind[0], kind[1], text);
            assertThat(key.verifies(MESSAGE, input)).isFalse();
            assertThat(key.identity()).startsWith(kind[1]);
        }
        assertThat(RsaPss.verify(input, MESSAGE, input)).isFalse();
        assertThat(EcdsaP256.verify(input, MESSAGE, input)).isFalse();
        assertThat(MlDsa65.verify(input, MESSAGE, input)).isFalse();
        for (MlDsaProvider provider : MlDsaProvider.values()) {
            if (provider.isThere()) {
                assertThat(provider.verify(
                                Arrays.copyOf(input, MlDsa65.PUBLIC_KEY_BYTES),
                                MESSAGE,
                                Arrays.copyOf(input, MlDsa65.SIGNATURE_BYTES)))
                        .isFalse();
            }
        }
    }
}
