package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What it costs to try one passphrase: the parameters of Argon2id (RFC 9106).
 *
 * @param memoryKib 8 MiB to 1 GiB, in KiB
 * @param passes    1 to 16
 * @param lanes     1 to 16
 */
record PassphraseCost(int memoryKib, int passes, int lanes) {

    /** RFC 9106, section 4, second choice: 64 MiB, three passes, four lanes. */
    static final PassphraseCost DEFAULT = new PassphraseCost(65_536, 3, 4);

    private static final int KEY_BYTES = 32;

    /** Refuses what is no protection, and what a stranger's file could stop this machine with. */
    static PassphraseCost of(JsonObject json) throws MalformedJson {
        if (!json.string("name").equals("argon2id")) {
            throw new MalformedJson("kdf.name is not argon2id");
        }
        return new PassphraseCost(
                within(json, "memoryKib", 8_192, 1 << 20), within(json, "passes", 1, 16), within(json, "lanes", 1, 16));
    }

    Map<String, Object> json() {
        return Map.of(
                "name", "argon2id", "memoryKib", (long) memoryKib, "passes", (long) passes, "lanes", (long) lanes);
    }

    /** The key of 32 bytes; the caller wipes it. */
    byte[] key(char[] passphrase, byte[] salt) {
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] secret = Arrays.copyOf(utf8.array(), utf8.limit());
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(memoryKib)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .withSalt(salt)
                    .build());
            byte[] key = new byte[KEY_BYTES];
            generator.generateBytes(secret, key);
            return key;
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(utf8.array(), (byte) 0);
        }
    }

    private static int within(JsonObject json, String name, int least, int most) throws MalformedJson {
        long value = json.number(name);
        if (value < least || value > most) {
            throw new MalformedJson("kdf." + name + " must be " + least + " to " + most);
        }
        return (int) value;
    }
}
