package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.LastWords;
import io.sekimori.generation.Unit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppingTest {

    @TempDir
    private Path directory;

    private final Lines lines = new Lines(System.err);
    private final CompletableFuture<ExitCode> halted = new CompletableFuture<>();

    @Test
    void theFirstWishCounts() throws Exception {
        Stopping stopping = new Stopping(Duration.ofMinutes(1), lines, halted::complete);

        stopping.restart("an update");
        stopping.want(ExitCode.OK, "a signal");

        assertThat(stopping.await()).isEqualTo(ExitCode.RESTART);
        stopping.done();
        stopping.awaitDone();
        assertThat(halted).isNotDone();
    }

    @Test
    void aStopThatHangsIsEndedWithTheCodeThatWasWanted() throws Exception {
        Stopping stopping = new Stopping(Duration.ofMillis(20), lines, halted::complete);
        stopping.leave(new LastWordsWriter(new Unit(directory), 3, Clock.systemUTC(), lines));

        stopping.want(ExitCode.OK, "a signal");

        assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(LastWords.read(new Unit(directory)).orElseThrow().kind()).isEqualTo(LastWords.Kind.STOP_TIMED_OUT);
    }

    @Test
    void aHangBeforeAnyGenerationWasChosenIsEndedToo() throws Exception {
        Stopping stopping = new Stopping(Duration.ofMillis(20), lines, halted::complete);

        stopping.want(ExitCode.OK, "a signal");

        assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
        assertThat(LastWords.read(new Unit(directory))).isEmpty();
    }
}
