package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineKeyTest {

    @TempDir
    private Path work;

    @Test
    void signsAsThePlatformDoes() throws Exception {
        KeyFile platform = KeyFile.create(work.resolve("a.key"));
        Signer quick = OnlineKey.read(work.resolve("a.key"));

        for (int length : new int[] {0, 1, 63, 64, 65, 20_000}) {
            byte[] message = new byte[length];
            assertThat(quick.sign(message)).isEqualTo(platform.sign(message));
            assertThat(platform.publicKey().verifies(message, quick.sign(message)))
                    .isTrue();
        }
        assertThat(quick.publicKey()).isEqualTo(platform.publicKey());
    }

    @Test
    void aKeyOfTheOtherKindSignsToo() throws Exception {
        KeyFile.create(work.resolve("a.key"), KeyType.ML_DSA_65);
        Signer key = OnlineKey.read(work.resolve("a.key"));

        byte[] message = {1, 2, 3};

        assertThat(key.publicKey().scheme()).startsWith("ml-dsa-65");
        assertThat(key.publicKey().verifies(message, key.sign(message))).isTrue();
    }

    @Test
    void tellsNothingOfItself() throws Exception {
        KeyFile.create(work.resolve("a.key"));
        String pem = Files.readString(work.resolve("a.key"), StandardCharsets.US_ASCII);

        assertThat(pem).contains("PRIVATE");
        assertThat(OnlineKey.read(work.resolve("a.key")).toString()).matches("\\[secret\\] [0-9a-f]{64}");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        KeyFile.create(work.resolve("a.key"));
        Files.setPosixFilePermissions(work.resolve("a.key"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> OnlineKey.read(work.resolve("a.key"))).isInstanceOf(TrustException.class);
    }
}
