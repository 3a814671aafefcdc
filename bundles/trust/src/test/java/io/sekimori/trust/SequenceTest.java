package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceTest {

    private static final Clock NOW = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void growsWithEachNumberAndAfterARestart() throws Exception {
        Sequence sequence = new Sequence(folder, NOW);

        assertThat(sequence.next()).isEqualTo(1_000);
        assertThat(sequence.next()).isEqualTo(1_001);
        assertThat(new Sequence(folder, NOW).next()).isEqualTo(1_002);
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void twoVersionsNeverGetTheSameNumber() throws Exception {
        Sequence one = new Sequence(folder, NOW);
        Sequence other = new Sequence(folder, NOW);

        assertThat(other.next()).isLessThan(one.next());
        assertThat(one.next()).isLessThan(other.next());
    }

    @Test
    void aClockThatGoesBackDoesNotMatter() throws Exception {
        long before = new Sequence(folder, NOW).next();

        assertThat(new Sequence(folder, Clock.offset(NOW, Duration.ofSeconds(-500))).next())
                .isGreaterThan(before);
    }

    @Test
    void aLostFolderDoesNotBeginAnew() throws Exception {
        long before = new Sequence(folder, NOW).next();

        assertThat(new Sequence(folder.resolve("new"), Clock.offset(NOW, Duration.ofSeconds(1))).next())
                .isGreaterThan(before);
    }
}
