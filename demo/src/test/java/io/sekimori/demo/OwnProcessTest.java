package io.sekimori.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTest {

    @TempDir
    private Path directory;

    @Test
    void aRememberedProcessIsFoundAndEnded() throws IOException, Broken {
        Process process = new ProcessBuilder("sh", "-c", "read line").start();
        OwnProcess.remember(process.toHandle(), directory.resolve("pid"));

        OwnProcess recalled = OwnProcess.recall(directory.resolve("pid")).orElseThrow();
        assertThat(recalled.alive()).isPresent();
        recalled.end(10);

        assertThat(recalled.alive()).isEmpty();
    }

    @Test
    void anotherProcessWithTheSameNumberIsLeftAlone() throws IOException, Broken {
        Process process = new ProcessBuilder("sh", "-c", "read line").start();
        try {
            OwnProcess mine = OwnProcess.remember(process.toHandle(), directory.resolve("pid"));
            OwnProcess earlier = new OwnProcess(mine.pid(), mine.started().minus(Duration.ofHours(1)));

            earlier.end(1);

            assertThat(earlier.alive()).isEmpty();
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nothingIsRecalledWhereNothingWasRemembered() throws IOException {
        assertThat(OwnProcess.recall(directory.resolve("none"))).isEmpty();
        assertThat(Files.exists(directory.resolve("none"))).isFalse();
    }
}
