package io.sekimori.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.StartReport.Finding;
import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.StartReport.Phase;
import io.sekimori.trust.MalformedJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pointer, reports, last words and paths of a unit; and the advice for every code. */
class StateFilesTest {

    @TempDir
    private Path directory;

    private Unit unit;

    @BeforeEach
    void aUnit() {
        unit = new Unit(directory);
    }

    @Test
    void aUnitBeginsWithoutPointerAndTrial() throws Exception {
        Pointer pointer = new Pointer(unit);

        assertThat(pointer.confirmed()).isEmpty();
        assertThat(pointer.trial()).isEmpty();
        pointer.endTrial();
    }

    @Test
    void aCommitIsWhatTheNextReaderSees() throws Exception {
        Pointer pointer = new Pointer(unit);
        pointer.commit(new Confirmed(1, Optional.empty(), Map.of()));
        pointer.record(new Trial(2, 1));

        pointer.commit(new Confirmed(2, Optional.of(1), Map.of("a", 5L)));
        pointer.endTrial();

        assertThat(pointer.confirmed()).contains(new Confirmed(2, Optional.of(1), Map.of("a", 5L)));
        assertThat(pointer.trial()).isEmpty();
    }

    @Test
    void reportsAreKeptNewestFirstUpToALimit() throws Exception {
        StartLog log = new StartLog(unit);
        for (int i = 0; i < StartLog.MAX_REPORTS + 3; i++) {
            log.record(report(i, Phase.STARTING));
        }

        List<StartReport> reports = log.read();

        assertThat(reports).hasSize(StartLog.MAX_REPORTS);
        assertThat(reports.get(0)).isEqualTo(report(StartLog.MAX_REPORTS + 2, Phase.STARTING));
    }

    @Test
    void aLaterReportOfTheSameStartReplacesTheEarlierOne() throws Exception {
        StartLog log = new StartLog(unit);
        log.record(report(1, Phase.STARTING));

        log.record(report(1, Phase.READY));

        assertThat(log.read()).containsExactly(report(1, Phase.READY));
    }

    @Test
    void aDamagedReportIsBegunAnew() throws Exception {
        Files.createDirectories(unit.state());
        Files.writeString(unit.startFile(), "garbage");
        StartLog log = new StartLog(unit);
        assertThatThrownBy(log::read).isInstanceOf(MalformedJson.class);

        log.record(report(1, Phase.READY));

        assertThat(log.read()).containsExactly(report(1, Phase.READY));
    }

    private static StartReport report(int second, Phase phase) {
        return new StartReport(
                Instant.ofEpochSecond(second),
                42,
                phase,
                Optional.of(7),
                Optional.of("FELL_BACK"),
                Optional.of(2),
                List.of(new PassedOver(8, "FILE_DIFFERS", "a detail")),
                Optional.of("ab".repeat(32)),
                "17",
                12,
                Duration.ofMillis(30),
                Duration.ofMillis(400),
                List.of(new NotStarted("test.one/1.0.0", "threw")),
                List.of(new Finding("TRUST_WRITABLE", "trust/root.json")),
                Optional.of(new LastWords(LastWords.Kind.DEADLINE, "hung", 8, Instant.EPOCH)));
    }

    @Test
    void lastWordsAreReadBack() throws Exception {
        LastWords words = new LastWords(LastWords.Kind.STOP_TIMED_OUT, "hung", 3, Instant.EPOCH);
        assertThat(LastWords.read(unit)).isEmpty();

        words.write(unit);

        assertThat(LastWords.read(unit)).contains(words);
    }

    @Test
    void noNameLeadsOutOfTheUnit() {
        assertThatThrownBy(() -> unit.data("../etc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> unit.data(".")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> unit.slot("..")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> unit.generation(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyCodeHasAdviceAndEveryAdviceACode(String language) {
        ResourceBundle advice = ResourceBundle.getBundle(
                "io.sekimori.generation.refusals",
                Locale.forLanguageTag(language),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

        assertThat(advice.keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(GenerationCode.values())
                        .map(GenerationCode::name)
                        .toList());
        assertThat(GenerationCode.values())
                .allSatisfy(code ->
                        assertThat(code.advice(Locale.forLanguageTag(language))).isNotBlank());
    }
}
