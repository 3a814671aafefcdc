package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeFilesTest {

    @TempDir
    private Path slot;

    @BeforeEach
    void aSlotWithARuntime() throws IOException {
        Files.createDirectories(slot.resolve("java/bin"));
        Files.writeString(slot.resolve("java/bin/java"), "program");
        Files.writeString(slot.resolve("java/release"), "17");
        Map<String, String> digests = new TreeMap<>();
        digests.put("java/bin/java", sha256("program"));
        digests.put("java/release", sha256("17"));
        Files.write(slot.resolve(RuntimeFiles.FILE), new RuntimeFiles(new TreeMap<>(digests)).bytes());
    }

    @Test
    void whatWasUnpackedIsThere() throws IOException {
        assertThat(RuntimeFiles.differenceOf(slot)).isEmpty();
    }

    /** The start script asks that program. */
    @Test
    void sha256sumReadsTheList() throws Exception {
        assertThat(sha256sum()).isZero();
        Files.writeString(slot.resolve("java/release"), "18");
        assertThat(sha256sum()).isNotZero();
    }

    @Test
    void aByteThatChangedIsSeen() throws IOException {
        Files.writeString(slot.resolve("java/bin/java"), "prograM");

        assertThat(RuntimeFiles.differenceOf(slot)).contains("java/bin/java");
    }

    @Test
    void aFileThatIsGoneOrTooManyIsSeen() throws IOException {
        Files.writeString(slot.resolve("java/bin/more"), "");
        assertThat(RuntimeFiles.differenceOf(slot)).contains("java/bin/more");

        Files.delete(slot.resolve("java/bin/more"));
        Files.delete(slot.resolve("java/release"));
        assertThat(RuntimeFiles.differenceOf(slot)).contains("java/release");
    }

    @Test
    void aLinkToTheSameBytesIsNotTheFile() throws IOException {
        Path elsewhere = Files.move(slot.resolve("java/release"), slot.resolve("release"));
        Files.createSymbolicLink(slot.resolve("java/release"), elsewhere);

        assertThat(RuntimeFiles.differenceOf(slot)).contains("java/release");
    }

    @Test
    void withoutAListNothingIsKnown() throws IOException {
        Files.delete(slot.resolve(RuntimeFiles.FILE));

        assertThat(RuntimeFiles.differenceOf(slot)).contains(RuntimeFiles.FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "# nothing", "*  java/bin/java"})
    void whatIsNoListIsNone(String text) throws Exception {
        Files.writeString(slot.resolve(RuntimeFiles.FILE), text);

        assertThatThrownBy(() -> RuntimeFiles.read(slot)).isInstanceOf(MalformedJson.class);
        assertThat(RuntimeFiles.differenceOf(slot)).contains(RuntimeFiles.FILE);
    }

    /** The rest of a longer one would say nothing of the files that it lists. */
    @Test
    void theLongestListIsReadAndNothingLonger() throws Exception {
        String line = "a".repeat(64) + "  java/" + "x".repeat(2048 - 64 - 2 - 5 - 4 - 1);
        StringBuilder list = new StringBuilder(16 << 20);
        for (int i = 0; i < 8192; i++) {
            list.append(line).append(String.format("%04d%n", i));
        }
        assertThat(list.length()).isEqualTo(16 << 20);
        Files.writeString(slot.resolve(RuntimeFiles.FILE), list);
        assertThat(RuntimeFiles.read(slot).orElseThrow().digests()).hasSize(8192);

        Files.writeString(slot.resolve(RuntimeFiles.FILE), list.append('\n'));
        assertThatThrownBy(() -> RuntimeFiles.read(slot)).isInstanceOf(MalformedJson.class);
    }

    private int sha256sum() throws Exception {
        return new ProcessBuilder("sha256sum", "--status", "--strict", "-c", RuntimeFiles.FILE)
                .directory(slot.toFile())
                .start()
                .waitFor();
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
