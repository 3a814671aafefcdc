package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounds of targets of any kind, of their names (4.5, 6.2) and of the folder that they come into (5.7). */
class TargetFileTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
    private static final String SHA512 = "5".repeat(128);

    @TempDir
    private Path directory;

    @Test
    void theLongestNameIsStillAFile() throws Exception {
        String longest = "é".repeat(100);

        assertThat(target("a/" + longest, 7, hashes(), true).path()).endsWith(longest);
        assertRefused(() -> target("a/" + longest + "b", 7, hashes(), true), TrustCode.TARGET_NAME);
        assertRefused(() -> target(longest + "b/a", 7, hashes(), true), TrustCode.TARGET_NAME);
    }

    @Test
    void nothingIsShorterThanNothing() throws Exception {
        assertThat(target("a", 0, hashes(), true).length()).isZero();
        assertRefused(() -> target("a", -1, hashes(), true), TrustCode.METADATA_MALFORMED);
    }

    @Test
    void whereNamesBeginWithAHashItIsOneThatIsListed() throws Exception {
        assertThat(target("a", 7, hashes(), true).remote()).isEqualTo(Sha256.hex(CONTENT) + ".a");
        assertThat(target("a/b", 7, Map.of("sha512", SHA512), true).remote()).isEqualTo("a/" + SHA512 + ".b");
        assertThat(target("a/b", 7, Map.of("sha512", SHA512), false).remote()).isEqualTo("a/b");
    }

    @Test
    void aHashThatIsNoneLeadsNowhere() {
        for (String odd : List.of("", "../../x", "A".repeat(64), "a".repeat(63), "a".repeat(65))) {
            assertRefused(() -> target("a", 7, Map.of("sha256", odd), true), TrustCode.METADATA_MALFORMED);
        }
    }

    @Test
    void ofWhatNeverEndsNoMoreIsWrittenThanListed() throws Exception {
        TargetFile target = target("a", 100_000, hashes(), true);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        assertThatThrownBy(() -> target.copy(zeros(), written))
                .hasMessageContaining("TARGET_LENGTH")
                .hasMessageContaining("a has more than 100000 bytes");

        assertThat(written.size()).isEqualTo(100_000);
        assertThatThrownBy(() -> target.copy(new ByteArrayInputStream(CONTENT), written))
                .hasMessageContaining("a has 7 bytes, listed are 100000");
    }

    @Test
    void aFileOfManyPiecesIsTheWholeOfIt() throws Exception {
        byte[] large = new byte[200_000];
        TargetFile target = target("a", large.length, Map.of("sha256", Sha256.hex(large)), true);
        ByteArrayOutputStream written = new ByteArrayOutputStream();

        target.copy(new ByteArrayInputStream(large), written);

        assertThat(written.toByteArray()).isEqualTo(large);
    }

    @Test
    void anEmptyFileIsAFileToo() throws Exception {
        TargetFolder folder = new TargetFolder(directory.resolve("folder"));
        TargetFile empty = target("a/b", 0, Map.of("sha256", Sha256.hex(new byte[0])), true);

        assertThat(folder.fetch(empty, remote -> InputStream.nullInputStream())).isTrue();
        assertThat(folder.fetch(empty, remote -> {
                    throw new NoSuchFileException("it is there");
                }))
                .isFalse();
    }

    @Test
    void aFolderOrAFileInTheWayIsNotTouched() throws Exception {
        TargetFolder folder = new TargetFolder(directory.resolve("folder"));
        Files.createDirectories(folder.directory().resolve("a"));
        Files.writeString(folder.directory().resolve("file"), "as it was");

        assertRefused(() -> folder.fetch(target("a", 7, hashes(), true), this::serve), TrustCode.TARGET_NAME);
        assertRefused(() -> folder.fetch(target("file/a", 7, hashes(), true), this::serve), TrustCode.TARGET_NAME);

        assertThat(folder.directory().resolve("a")).isEmptyDirectory();
        assertThat(folder.directory().resolve("file")).hasContent("as it was");
    }

    /** What a cut left of the last try is written over, and a link in its place is not followed. */
    @Test
    void whatALastTryLeftIsNoHindrance() throws Exception {
        TargetFolder folder = new TargetFolder(directory.resolve("folder"));
        Files.createDirectories(folder.directory());
        Files.writeString(folder.directory().resolve(".a.part"), "more than the file has, from before a cut");

        assertThat(folder.fetch(target("a", 7, hashes(), true), this::serve)).isTrue();

        assertThat(folder.directory().resolve("a")).hasBinaryContent(CONTENT);
        assertThat(folder.directory()).isDirectoryNotContaining("glob:**.part");
    }

    private InputStream serve(String remote) {
        return new ByteArrayInputStream(CONTENT);
    }

    private static Map<String, String> hashes() {
        return Map.of("sha256", Sha256.hex(CONTENT));
    }

    private static TargetFile target(String path, long length, Map<String, String> hashes, boolean consistent)
            throws Exception {
        JsonObject listed = JsonObject.parse(JsonText.bytes(new TreeMap<>(Map.of("length", length, "hashes", hashes))));
        JsonObject role = JsonObject.parse("{\"signatures\":[],\"signed\":{}}".getBytes(StandardCharsets.UTF_8));
        TargetsMetadata nobody = new TargetsMetadata(
                Envelope.of("targets.json", role),
                new Header("targets.json", Document.TARGETS, 1, World.NOW, Optional.empty()),
                JsonObject.parse("{}".getBytes(StandardCharsets.UTF_8)),
                List.of());
        return TargetFile.of(path, new TargetSearch.Found(nobody, listed), consistent);
    }

    private static InputStream zeros() {
        return new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
    }
}
