package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What an ML-DSA key is made of; {@link MlDsa65Test} has the standard's own vectors. */
class MlDsaKeyTest {

    private static final byte[] MESSAGE = {1, 2, 3};

    /** Gives what it was told to, and remembers where it put that. */
    private static final class Told extends SecureRandom {

        private static final long serialVersionUID = 1;

        private byte[] given = {};

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
            given = bytes;
        }
    }

    @Test
    void itIsMadeOfWhatChanceGaveAndThatIsForgotten() throws Exception {
        Told random = new Told();
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);

        byte[] pkcs8 = MlDsaKey.generate(random).pkcs8();

        assertThat(Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length)).isEqualTo(seed);
        assertThat(random.given).isEqualTo(new byte[32]);
    }

    @Test
    void whatItSignedItsPublicHalfVerifies() throws Exception {
        MlDsaKey key = MlDsaKey.generate(new SecureRandom());

        assertThat(key.publicKey().verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(key.publicKey().verifies(new byte[] {1, 2, 4}, key.sign(MESSAGE)))
                .isFalse();
    }

    @Test
    void halvesThatAreNoPairAreRefused() {
        MlDsaKey one = MlDsaKey.generate(new SecureRandom());
        byte[] other = MlDsaKey.generate(new SecureRandom()).rawPublicKey();
        byte[] torn = Arrays.copyOf(one.pkcs8(), 53);

        assertThatThrownBy(() -> MlDsaKey.of(one.pkcs8(), other)).isInstanceOf(InvalidKeyException.class);
        assertThatThrownBy(() -> MlDsaKey.of(torn, one.rawPublicKey())).isInstanceOf(InvalidKeySpecException.class);
    }
}
