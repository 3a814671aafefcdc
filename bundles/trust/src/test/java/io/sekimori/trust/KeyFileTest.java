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
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aFile() {
        file = directory.resolve("key.pem");
    }

    @Test
    void aKeyReadBackSignsForTheSamePublicKey() throws Exception {
        KeyFile created = KeyFile.create(file);

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

    @Test
    void halvesOfTwoKeysAreNoPair() throws Exception {
        KeyFile.create(file);
        Path other = directory.resolve("other.pem");
        KeyFile.create(other);
        String marker = "-----BEGIN PUBLIC KEY-----";
        String mine = Files.readString(file);
        String theirs = Files.readString(other);
        Files.writeString(file, mine.substring(0, mine.indexOf(marker)) + theirs.substring(theirs.indexOf(marker)));

        assertRefused(() -> KeyFile.read(file), PublishCode.KEY_FILE_MALFORMED);
    }

    @Test
    void aTornKeyFileIsRefusedWithoutQuotingIt() throws Exception {
        KeyFile.create(file);
        String pem = Files.readString(file);
        for (int length = 0; length < pem.length() - 1; length += 7) {
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
    }
}
