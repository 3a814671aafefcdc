package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

    @TempDir
    Path directory;

    @Test
    void aFileIsReplacedWholeAndLeavesNothingBeside() throws Exception {
        Path file = directory.resolve("state.json");

        DurableFile.write(file, new byte[100]);
        DurableFile.write(file, new byte[] {1});

        assertThat(Files.readAllBytes(file)).containsExactly(1);
        assertThat(directory).isDirectoryContaining("glob:**state.json").isNotEmptyDirectory();
        try (var names = Files.list(directory)) {
            assertThat(names).containsExactly(file);
        }
    }

    @Test
    void whatAPowerCutLeftBesideIsReplaced() throws Exception {
        Path file = directory.resolve("state.json");
        Files.write(directory.resolve(".state.json.tmp"), new byte[50]);

        DurableFile.write(file, new byte[] {2});

        assertThat(Files.readAllBytes(file)).containsExactly(2);
    }

    @Test
    void anInterruptedThreadStillWritesAndStaysInterrupted() throws Exception {
        Path file = directory.resolve("file");
        Thread.currentThread().interrupt();
        try {
            DurableFile.write(file, "whole".getBytes(StandardCharsets.UTF_8));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("whole");
    }

    @Test
    void aLinkInPlaceOfTheTemporaryFileIsNotFollowed() throws Exception {
        Path victim = Files.write(directory.resolve("victim"), new byte[] {7});
        Files.createSymbolicLink(directory.resolve(".state.json.tmp"), victim);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> DurableFile.write(directory.resolve("state.json"), new byte[] {8}));
        assertThat(Files.readAllBytes(victim)).containsExactly(7);
    }

    @Test
    void readingIsBoundedAndShowsThatThereIsMore() throws Exception {
        Path file = Files.write(directory.resolve("long"), new byte[1_000]);

        assertThat(DurableFile.read(file, 10))
                .hasValueSatisfying(bytes -> assertThat(bytes).hasSize(11));
        assertThat(DurableFile.read(directory.resolve("none"), 10)).isEmpty();
    }

    @Test
    void nobodyWaitsForAPipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThatIOException().isThrownBy(() -> DurableFile.read(pipe, 10)));
    }

    @Test
    void deletingTwiceIsDeletingOnce() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1]);

        DurableFile.delete(file);
        DurableFile.delete(file);

        assertThat(file).doesNotExist();
    }
}
