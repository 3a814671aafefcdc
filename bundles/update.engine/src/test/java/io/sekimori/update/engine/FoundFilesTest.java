package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.UnitReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of the Java runtime is so now. */
class FoundFilesTest {

    @TempDir
    private Path work;

    private TestUnit made;
    private Generation generation;
    private Path folder;
    private String jar;
    private final List<String> findings = new ArrayList<>();

    @BeforeEach
    void aGenerationOnAJavaRuntimeOfItsOwn() throws Exception {
        made = TestUnit.create(work);
        Path image = TestBundle.of("test.java", "17.0.1").write(work.resolve("image"));
        jar = Sha256.hex(image);
        made.useJava(image, "17.0.1");
        generation = made.generation(1, TestBundle.of("test.one", "1.0.0"));
        folder = made.unit().slot(generation.slot());
        Files.createDirectories(folder.resolve("java"));
        Files.writeString(folder.resolve("java/release"), "17");
        Files.write(
                folder.resolve(RuntimeFiles.FILE),
                new RuntimeFiles(new TreeMap<>(Map.of("java/release", Sha256.hex(folder.resolve("java/release")))))
                        .bytes());
        SlotFiles files = SlotFiles.of(Map.of("a.jar", "a".repeat(64)));
        Files.write(
                folder.resolve("slot.json"),
                new Slot("/java", new SlotFiles(files.digests(), Optional.of(jar))).bytes());
    }

    @Test
    void itIsThatOfItsJarIfEveryFileIs() {
        assertThat(runtime().sha256()).isEqualTo(jar);
        assertThat(findings).noneMatch(finding -> finding.contains("java"));
    }

    @Test
    void itIsUnknownIfOneFileIsNot() throws Exception {
        Files.writeString(folder.resolve("java/release"), "18");

        assertThat(runtime().sha256()).isEmpty();
        assertThat(findings).contains("FILE_DIFFERS slot file java/release");
    }

    @Test
    void itIsUnknownWithoutTheList() throws Exception {
        Files.delete(folder.resolve(RuntimeFiles.FILE));

        assertThat(runtime().sha256()).isEmpty();
        assertThat(findings).contains("FILE_DIFFERS slot file java.sha256");
    }

    private UnitReport.Item runtime() {
        return new FoundFiles(made.unit(), findings)
                .slot(generation).stream()
                        .filter(item -> item.symbolicName().equals("test.java"))
                        .findFirst()
                        .orElseThrow();
    }
}
