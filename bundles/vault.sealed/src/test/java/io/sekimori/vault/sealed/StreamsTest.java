package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.assertRefused;
import static io.sekimori.vault.sealed.Lab.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {

    @TempDir
    Path folder;

    private Lab lab;
    private OwnerVault vault;

    @BeforeEach
    void aVault() throws Exception {
        lab = new Lab(folder);
        vault = lab.of(ALICE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 1 << 20})
    void aFileIsReadBack(int length) throws Exception {
        Lab.write(vault, "file", bytes(length));

        assertThat(Lab.read(lab.of(ALICE), "file")).isEqualTo(bytes(length));
    }

    @Test
    void itIsWrittenAndReadInPiecesOfAnySize() throws Exception {
        byte[] content = bytes(150_000);
        try (VaultOutput out = vault.write("file")) {
            out.write(content[0]);
            for (int at = 1; at < content.length; at += 7_777) {
                out.write(content, at, Math.min(7_777, content.length - at));
            }
            out.commit();
        }

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = vault.read("file").orElseThrow()) {
            read.write(in.read());
            byte[] piece = new byte[9_999];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                read.write(piece, 0, n);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(piece, 0, 0)).isZero();
        }
        assertThat(read.toByteArray()).isEqualTo(content);
    }

    @Test
    void whatIsNotCommittedWasNeverThere() throws Exception {
        Lab.write(vault, "file", bytes(10));
        try (VaultOutput out = vault.write("file")) {
            out.write(bytes(100_000));
            assertThat(vault.get("file")).contains(bytes(10));
        }

        assertThat(vault.get("file")).contains(bytes(10));
        assertThat(lab.contents(ALICE)).hasSize(1);
    }

    @Test
    void nothingIsTakenAfterTheEnd() throws Exception {
        VaultOutput out = vault.write("file");
        out.commit();

        assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(out::commit).isInstanceOf(IOException.class);
        out.close();
        InputStream in = vault.read("file").orElseThrow();
        in.close();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }

    @Test
    void whoIsOvertakenDoesNotTakeTheNameBack() throws Exception {
        try (VaultOutput slow = vault.write("file")) {
            slow.write(bytes(10));
            vault.put("file", bytes(20));

            assertRefused(VaultCode.VAULT_OVERTAKEN, slow::commit);
        }

        assertThat(vault.get("file")).contains(bytes(20));
        assertThat(lab.contents(ALICE)).hasSize(1);
    }

    @Test
    void aReaderKeepsWhatItBeganWith() throws Exception {
        Lab.write(vault, "file", bytes(300_000));
        try (InputStream in = vault.read("file").orElseThrow()) {
            in.read();
            Lab.write(vault, "file", bytes(10));

            assertThat(in.readAllBytes()).hasSize(299_999);
        }
    }

    @Test
    void aFileThatGrowsTooLargeIsRefusedAndStaysRefused() throws Exception {
        try (VaultOutput out = vault.write("file")) {
            out.write(bytes(1 << 20));
            assertRefused(VaultCode.VAULT_TOO_LARGE, () -> out.write(1));
            assertRefused(VaultCode.VAULT_TOO_LARGE, out::commit);
        }
        assertThat(vault.entries()).isEmpty();
        assertThat(lab.contents(ALICE)).isEmpty();
    }

    @Test
    void onlySoManyFilesAreWrittenAtOnce() throws Exception {
        List<VaultOutput> open = new ArrayList<>();
        for (int i = 0; i < Settings.OPEN_OUTPUTS; i++) {
            open.add(vault.write("file"));
        }
        assertRefused(VaultCode.VAULT_FULL, () -> vault.write("file"));
        for (VaultOutput out : open) {
            out.close();
        }

        Lab.write(vault, "file", bytes(1));
        assertThat(lab.contents(ALICE)).hasSize(1);
    }

    @Test
    void whatAProcessThatIsGoneWasWritingIsTakenAway() throws Exception {
        vault.put("a", bytes(1));
        Path left = Files.write(lab.folder(ALICE).resolve("1x1-00.part"), bytes(10));
        Path orphan = Files.write(lab.folder(ALICE).resolve("00.sealed"), bytes(10));
        VaultOutput open = vault.write("b");

        lab.of(ALICE).get("a");

        assertThat(left).doesNotExist();
        assertThat(orphan).doesNotExist();
        open.write(bytes(5));
        open.commit();
        assertThat(vault.get("b")).contains(bytes(5));
    }
}
