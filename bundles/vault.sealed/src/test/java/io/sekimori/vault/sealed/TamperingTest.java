package io.sekimori.vault.sealed;

import static io.sekimori.vault.sealed.Lab.ALICE;
import static io.sekimori.vault.sealed.Lab.BOB;
import static io.sekimori.vault.sealed.Lab.assertRefused;
import static io.sekimori.vault.sealed.Lab.bytes;
import static io.sekimori.vault.sealed.Lab.flipped;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultStreamException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write the disk, but has no key, gets nothing accepted. */
class TamperingTest {

    private static final int SEALED = Chunks.SEALED_BYTES;
    private static final int HEADER = Chunks.HEADER_BYTES;

    @TempDir
    Path folder;

    private Lab lab;
    private OwnerVault vault;

    @BeforeEach
    void aVault() throws Exception {
        lab = new Lab(folder);
        vault = lab.of(ALICE);
    }

    @Test
    void everyByteOfAValueCounts() throws Exception {
        vault.put("value", bytes(100));

        everyByteCounts(lab.content(ALICE));
    }

    @Test
    void everyByteOfTheIndexCounts() throws Exception {
        vault.put("value", bytes(100));

        everyByteCounts(lab.folder(ALICE).resolve("index"));
    }

    @Test
    void everyByteOfTheKeyCounts() throws Exception {
        vault.put("value", bytes(100));

        everyByteCounts(lab.folder(ALICE).resolve("key"));
    }

    @Test
    void everyRegionOfAFileCounts() throws Exception {
        byte[] content = bytes(3 * Chunks.PLAIN_BYTES + 500);
        Lab.write(vault, "file", content);
        Path file = lab.content(ALICE);
        byte[] whole = Files.readAllBytes(file);

        // The header, then the first, middle and last bytes and the tag of each chunk.
        IntStream regions = IntStream.concat(
                IntStream.range(0, HEADER),
                IntStream.range(0, 4)
                        .flatMap(chunk -> IntStream.of(0, 1, 250, SEALED / 2, SEALED - 17, SEALED - 16, SEALED - 1)
                                .map(at -> HEADER + chunk * SEALED + at)));
        for (int at : regions.filter(at -> at < whole.length).toArray()) {
            Files.write(file, flipped(whole, at));
            assertGivesOutOnlyABeginning(content, (at - HEADER) / SEALED);
        }
    }

    @Test
    void aFileThatIsCutOffAnywhereHasNoEnd() throws Exception {
        byte[] content = bytes(2 * Chunks.PLAIN_BYTES + 500);
        Lab.write(vault, "file", content);
        Path file = lab.content(ALICE);
        byte[] whole = Files.readAllBytes(file);

        for (int length : new int[] {
            0,
            1,
            HEADER - 1,
            HEADER,
            HEADER + 1,
            HEADER + 16,
            HEADER + 17,
            HEADER + SEALED - 1,
            HEADER + SEALED,
            HEADER + SEALED + 1,
            HEADER + 2 * SEALED,
            HEADER + 2 * SEALED + 15,
            HEADER + 2 * SEALED + 16,
            whole.length - 16,
            whole.length - 1
        }) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertGivesOutOnlyABeginning(content, Math.max(0, (length - HEADER - 1) / SEALED));
        }
    }

    @Test
    void aFileThatEndsOnAWholeChunkCannotBeCutOffThereEither() throws Exception {
        byte[] content = bytes(2 * Chunks.PLAIN_BYTES);
        Lab.write(vault, "file", content);
        Path file = lab.content(ALICE);
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(whole, HEADER + SEALED));

        assertGivesOutOnlyABeginning(content, 0);
    }

    @Test
    void whatIsAppendedIsNoticed() throws Exception {
        byte[] content = bytes(Chunks.PLAIN_BYTES + 500);
        Lab.write(vault, "file", content);
        Path file = lab.content(ALICE);
        byte[] whole = Files.readAllBytes(file);
        byte[] lastChunk = Arrays.copyOfRange(whole, HEADER + SEALED, whole.length);

        for (byte[] more : new byte[][] {{0}, new byte[16], bytes(SEALED), lastChunk}) {
            Files.write(file, joined(whole, more));
            assertGivesOutOnlyABeginning(content, 1);
        }
    }

    @Test
    void chunksInAnotherOrderOrTwiceAreNoticed() throws Exception {
        byte[] content = bytes(4 * Chunks.PLAIN_BYTES);
        Lab.write(vault, "file", content);
        Path file = lab.content(ALICE);
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, chunks(whole, 0, 2, 1, 3));
        assertGivesOutOnlyABeginning(content, 1);
        Files.write(file, chunks(whole, 0, 1, 1, 2, 3));
        assertGivesOutOnlyABeginning(content, 2);
        Files.write(file, chunks(whole, 1, 2, 3));
        assertGivesOutOnlyABeginning(content, 0);
        Files.write(file, chunks(whole, 3));
        assertGivesOutOnlyABeginning(content, 0);
    }

    @Test
    void aContentDoesNotOpenUnderAnotherName() throws Exception {
        vault.put("a", bytes(10));
        Path a = lab.content(ALICE);
        vault.put("b", bytes(10));
        Path b = lab.contents(ALICE).stream()
                .filter(file -> !file.equals(a))
                .findFirst()
                .orElseThrow();

        swap(a, b);

        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("a"));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("b"));
    }

    @Test
    void anOlderContentOfTheSameNameDoesNotOpen() throws Exception {
        vault.put("a", bytes(10));
        byte[] old = Files.readAllBytes(lab.content(ALICE));
        vault.put("a", bytes(11));
        Files.write(lab.content(ALICE), old);

        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("a"));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> Lab.read(lab.of(ALICE), "a"));
    }

    @Test
    void anotherBundlesFilesDoNotOpenEvenAllOfThem() throws Exception {
        vault.put("a", bytes(10));
        lab.of(BOB).put("a", bytes(20));
        for (Path file : lab.files()) {
            if (file.startsWith(lab.folder(ALICE))) {
                Files.copy(file, lab.folder(BOB).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }

        assertRefused(VaultCode.VAULT_DAMAGED, () -> lab.of(BOB).get("a"));
    }

    @Test
    void anOlderIndexIsRefusedAsLongAsTheProcessLives() throws Exception {
        Path index = lab.folder(ALICE).resolve("index");
        vault.put("a", bytes(10));
        byte[] old = Files.readAllBytes(index);
        vault.put("b", bytes(10));
        Files.write(index, old);

        assertRefused(VaultCode.VAULT_ROLLED_BACK, () -> vault.get("a"));
        assertRefused(VaultCode.VAULT_ROLLED_BACK, () -> vault.put("a", bytes(1)));
    }

    @Test
    void anIndexOrKeyThatIsGoneIsNoticed() throws Exception {
        Path index = lab.folder(ALICE).resolve("index");
        Path key = lab.folder(ALICE).resolve("key");
        vault.put("a", bytes(10));

        Files.move(index, folder.resolve("index"));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("a"));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.put("a", bytes(1)));
        Files.move(folder.resolve("index"), index);
        Files.delete(key);
        assertRefused(VaultCode.VAULT_KEY_DESTROYED, () -> vault.get("a"));
    }

    private void everyByteCounts(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            Files.write(file, flipped(whole, at));
            assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("value"));
            Files.write(file, Arrays.copyOf(whole, at));
            assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("value"));
        }
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertRefused(VaultCode.VAULT_DAMAGED, () -> vault.get("value"));
        Files.write(file, whole);
    }

    /** At most that many whole chunks are given out, all of them right, and then a refusal instead of an end. */
    private void assertGivesOutOnlyABeginning(byte[] content, int chunks) throws Exception {
        ByteArrayOutputStream given = new ByteArrayOutputStream();
        assertRefused(VaultCode.VAULT_DAMAGED, () -> {
            try (InputStream in = vault.read("file").orElseThrow()) {
                byte[] piece = new byte[10_000];
                try {
                    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                        given.write(piece, 0, n);
                    }
                } catch (VaultStreamException e) {
                    assertRefused(VaultCode.VAULT_DAMAGED, in::read);
                    throw e;
                }
            }
        });
        assertThat(given.size()).isLessThanOrEqualTo(chunks * Chunks.PLAIN_BYTES);
        assertThat(given.toByteArray()).isEqualTo(Arrays.copyOf(content, given.size()));
    }

    private static byte[] chunks(byte[] whole, int... order) {
        byte[] made = Arrays.copyOf(whole, HEADER);
        for (int chunk : order) {
            made = joined(made, Arrays.copyOfRange(whole, HEADER + chunk * SEALED, HEADER + (chunk + 1) * SEALED));
        }
        return made;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] made = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, made, first.length, second.length);
        return made;
    }

    private static void swap(Path a, Path b) throws IOException {
        byte[] of = Files.readAllBytes(a);
        Files.write(a, Files.readAllBytes(b));
        Files.write(b, of);
    }
}
