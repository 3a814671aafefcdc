package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aFile() {
        file = directory.resolve("key.pem");
    }

    @ParameterizedTest
    @EnumSource
    void aKeyReadBackSignsForTheSamePublicKey(KeyType type) throws Exception {
        KeyFile created = KeyFile.create(file, type);

        KeyFile read = KeyFile.read(file);

        byte[] message = {1, 2, 3};
        assertThat(read.publicKey()).isEqualTo(created.publicKey());
        assertThat(created.publicKey().verifies(message, read.sign(message))).isTrue();
    }

    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        KeyFile.create(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void aKeyThatOthersMayReadIsRefused(String permissions) throws Exception {
        KeyFile.create(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertRefused(() -> KeyFile.read(file), PublishCode.KEY_FILE_EXPOSED);
    }

    @Test
    void aKeyIsNeverOverwritten() throws Exception {
        KeyFile.create(file);
        byte[] before = Files.readAllBytes(file);

        assertRefused(() -> KeyFile.create(file), PublishCode.KEY_FILE_EXISTS);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"ED25519, ED25519", "ML_DSA_65, ML_DSA_65", "ED25519, ML_DSA_65", "ML_DSA_65, ED25519"})
    void halvesOfTwoKeysAreNoPair(KeyType one, KeyType another) throws Exception {
        KeyFile.create(file, one);
        Path other = directory.resolve("other.pem");
        KeyFile.create(other, another);
        String marker = "-----BEGIN PUBLIC KEY-----";
        String mine = Files.readString(file);
        String theirs = Files.readString(other);
        Files.writeString(file, mine.substring(0, mine.indexOf(marker)) + theirs.substring(theirs.indexOf(marker)));

        assertRefused(() -> KeyFile.read(file), PublishCode.KEY_FILE_MALFORMED);
    }

    @ParameterizedTest
    @EnumSource
    void aTornKeyFileIsRefusedWithoutQuotingIt(KeyType type) throws Exception {
        KeyFile.create(file, type);
        String pem = Files.readString(file);
        for (int length = 0; length < pem.length() - 1; length += 1 + pem.length() / 30) {
            Files.writeString(file, pem.substring(0, length));

            assertRefused(() -> KeyFile.read(file), PublishCode.KEY_FILE_MALFORMED);
        }
    }

    @Test
    void theFileIsThePemThatOtherToolsKnow() throws Exception {
        KeyFile.create(file);

        assertThat(Files.readString(file))
                .startsWith("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI")
                .contains("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA");

        Path other = directory.resolve("ml-dsa.pem");
        KeyFile.create(other, KeyType.ML_DSA_65);
        assertThat(Files.readString(other))
                .startsWith("-----BEGIN PRIVATE KEY-----\nMDQCAQAwCwYJYIZIAWUDBAMSBCKAI")
                .contains("-----BEGIN PUBLIC KEY-----\nMIIHsjALBglghkgBZQMEAxIDggehA");
    }
}
