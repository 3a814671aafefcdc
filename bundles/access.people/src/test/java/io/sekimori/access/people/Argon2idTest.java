package io.sekimori.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class Argon2idTest {

    /** RFC 9106, 5.3. */
    @Test
    void theVectorOfTheRfc() {
        Argon2id.Input in = new Argon2id.Input(filled(32, 1), filled(16, 2), filled(8, 3), filled(12, 4));

        assertThat(HexFormat.of().formatHex(Argon2id.tag(in, 32, 3, 4, 32)))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    /** RFC 7693, appendix A. */
    @Test
    void theVectorOfBlake2b() {
        assertThat(HexFormat.of().formatHex(Blake2b.hash("abc".getBytes(StandardCharsets.US_ASCII), 64)))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
    }

    @Test
    void anotherImplementationFindsTheSameForAnyInput() {
        Random random = new Random(9106);
        for (int i = 0; i < 60; i++) {
            int lanes = 1 + random.nextInt(4);
            int memory = 8 * lanes + random.nextInt(1_500);
            int passes = 1 + random.nextInt(4);
            int bytes = 4 + random.nextInt(200);
            byte[] password = bytes(random, 300);
            byte[] salt = bytes(random, 40);
            byte[] secret = bytes(random, 40);
            byte[] data = bytes(random, 200);
            Argon2Parameters.Builder cost = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .withSecret(secret)
                    .withAdditional(data);

            assertThat(Argon2id.tag(new Argon2id.Input(password, salt, secret, data), memory, passes, lanes, bytes))
                    .as("m=%d t=%d p=%d T=%d", memory, passes, lanes, bytes)
                    .isEqualTo(theirs(cost.build(), password, bytes));
        }
    }

    @Test
    void blake2bOfAnyLengthIsTheSameToo() {
        Random random = new Random(7693);
        for (int length = 0; length < 400; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            int bytes = 1 + random.nextInt(64);
            Blake2bDigest digest = new Blake2bDigest(bytes * 8);
            digest.update(message, 0, length);
            byte[] theirs = new byte[bytes];
            digest.doFinal(theirs, 0);

            assertThat(Blake2b.hash(message, bytes)).isEqualTo(theirs);
        }
    }

    private static byte[] theirs(Argon2Parameters cost, byte[] password, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(cost);
        byte[] out = new byte[bytes];
        generator.generateBytes(password, out);
        return out;
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[8 + random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
