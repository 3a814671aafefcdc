package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.LastWords;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Deadline;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltingDeadlineTest {

    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration LATE = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private final CompletableFuture<ExitCode> halted = new CompletableFuture<>();
    private HaltingDeadline deadline;

    @BeforeEach
    void aDeadline() {
        Lines lines = new Lines(System.err);
        deadline = new HaltingDeadline(
                new LastWordsWriter(new Unit(directory), 7, Clock.systemUTC(), lines), lines, halted::complete);
        deadline.start();
    }

    @Test
    void expiryLeavesLastWordsAndHalts() throws Exception {
        deadline.arm(SOON, "swap of a bundle");

        assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.DEADLINE);
        assertThat(LastWords.read(new Unit(directory))).hasValueSatisfying(words -> {
            assertThat(words.why()).isEqualTo("swap of a bundle");
            assertThat(words.generation()).isEqualTo(7);
        });
    }

    @Test
    void aDisarmedDeadlineDoesNotHalt() throws Exception {
        try (Deadline.Armed armed = deadline.arm(LATE, "closed")) {
            assertThat(deadline.armed()).containsSame(armed);
        }

        deadline.arm(SOON, "the next one");

        assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.DEADLINE);
        assertThat(LastWords.read(new Unit(directory)).orElseThrow().why()).isEqualTo("the next one");
    }

    @Test
    void anExtendedDeadlineCountsFromNow() {
        Deadline.Armed armed = deadline.arm(LATE, "probation");

        armed.extend(LATE.multipliedBy(2));

        assertThat(armed.left()).isBetween(LATE, LATE.multipliedBy(2));
    }

    @Test
    void aDeadlineCanBeBroughtForward() throws Exception {
        deadline.arm(LATE, "probation").extend(SOON);

        assertThat(halted.get(10, TimeUnit.SECONDS)).isEqualTo(ExitCode.DEADLINE);
    }

    @Test
    void onlyOneIsArmedAtATime() {
        deadline.arm(LATE, "first");

        assertThatThrownBy(() -> deadline.arm(LATE, "second")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDeadlineThatIsClosedCannotBeExtended() {
        Deadline.Armed armed = deadline.arm(LATE, "first");
        armed.close();

        assertThatThrownBy(() -> armed.extend(LATE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFormerOwnerCannotDisarmTheNextDeadline() {
        Deadline.Armed former = deadline.arm(LATE, "former");
        former.close();
        Deadline.Armed next = deadline.arm(LATE, "next");

        former.close();

        assertThat(deadline.armed()).containsSame(next);
    }

    @Test
    void aLimitOfNothingOrOfDaysIsRefused() {
        assertThatThrownBy(() -> deadline.arm(Duration.ZERO, "now")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> deadline.arm(Duration.ofDays(2), "never"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
