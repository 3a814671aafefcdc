package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingTest {

    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);
    private static final Instant BEFORE = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path work;

    private Incoming incoming;

    @BeforeEach
    void begin() {
        incoming = Incoming.of(new Unit(work));
    }

    @Test
    void whatIsHereNeedNotBeBroughtAgain() throws Exception {
        write(ONE, 10);
        Files.createSymbolicLink(incoming.path(TWO), incoming.path(ONE));

        assertThat(incoming.have(ONE, 11)).isEqualTo(10);
        assertThat(incoming.have(ONE, 9)).as("no more than was signed").isEqualTo(9);
        assertThat(incoming.have(TWO, 11)).as("a link is not continued").isZero();
        assertThat(incoming.have("3".repeat(64), 11)).isZero();
    }

    @Test
    void whatAnAssignmentDoesNotNameIsForgotten() throws Exception {
        write(ONE, 10);
        write(TWO, 10);

        incoming.keep(Set.of(ONE));

        assertThat(incoming.path(ONE)).exists();
        assertThat(incoming.path(TWO)).doesNotExist();
    }

    @Test
    void whatIsInUseByNowIsForgotten() throws Exception {
        write(ONE, 10);
        write(TWO, 10);

        incoming.tidy(Set.of(ONE), Instant.EPOCH);

        assertThat(incoming.path(ONE)).doesNotExist();
        assertThat(incoming.path(TWO)).exists();
    }

    @Test
    void whatNobodyContinuedIsForgotten() throws Exception {
        write(ONE, 10);
        Files.setLastModifiedTime(incoming.path(ONE), FileTime.from(BEFORE));

        incoming.tidy(Set.of(), BEFORE);
        assertThat(incoming.path(ONE)).exists();

        incoming.open(ONE, 20).close();
        incoming.tidy(Set.of(), BEFORE.plusSeconds(1));
        assertThat(incoming.path(ONE)).as("somebody continues it").exists();

        Files.setLastModifiedTime(incoming.path(ONE), FileTime.from(BEFORE));
        incoming.tidy(Set.of(), BEFORE.plusSeconds(1));
        assertThat(incoming.path(ONE)).doesNotExist();
    }

    @Test
    void whereNothingEverArrivedThereIsNothingToForget() throws Exception {
        incoming.keep(Set.of());
        incoming.tidy(Set.of(), Instant.MAX);
        incoming.discard(ONE);

        assertThat(incoming.directory()).doesNotExist();
    }

    private void write(String sha256, int length) throws Exception {
        Files.createDirectories(incoming.directory());
        Files.write(incoming.path(sha256), new byte[length]);
    }
}
