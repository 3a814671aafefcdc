package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the fallback goes. */
class SettledTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofHours(3);
    private static final Confirmed CONFIRMED = new Confirmed(5, Optional.of(4), Map.of("a.bundle", 7L));

    @TempDir
    private Path directory;

    private Unit unit;

    @BeforeEach
    void aUnitWithAFallback() throws Exception {
        unit = new Unit(directory);
        new Pointer(unit).commit(CONFIRMED);
    }

    @Test
    void theFallbackGoesWhenTheGenerationHasRunLongEnoughOverAllStarts() throws Exception {
        assertThat(count()).isEmpty();
        assertThat(count()).isEmpty();
        assertThat(confirmed()).isEqualTo(CONFIRMED);

        assertThat(count()).contains(4);

        assertThat(confirmed()).isEqualTo(new Confirmed(5, Optional.empty(), CONFIRMED.floors()));
        assertThat(unit.settledFile()).doesNotExist();
        assertThat(count()).isEmpty();
    }

    @Test
    void anotherGenerationIsCountedAnew() throws Exception {
        count();
        count();
        Confirmed next = new Confirmed(6, Optional.of(5), Map.of());
        new Pointer(unit).commit(next);

        assertThat(count()).isEmpty();
        assertThat(count()).isEmpty();
        assertThat(count()).contains(5);
    }

    @Test
    void aCountThatNobodyUnderstandsIsBegunAnew() throws Exception {
        count();
        count();
        Files.writeString(unit.settledFile(), "{]");

        assertThat(count()).isEmpty();
        assertThat(confirmed()).isEqualTo(CONFIRMED);
    }

    @Test
    void itIsKeptForEverWhereThatIsConfigured() throws Exception {
        assertThat(new Settled(unit).count(CONFIRMED, Duration.ofDays(400), Duration.ZERO))
                .isEmpty();
        assertThat(confirmed()).isEqualTo(CONFIRMED);
    }

    private Optional<Integer> count() throws Exception {
        return new Settled(unit).count(confirmed(), HOUR, LIMIT);
    }

    private Confirmed confirmed() throws Exception {
        return new Pointer(unit).confirmed().orElseThrow();
    }
}
