package io.sekimori.launcher.main;

import io.sekimori.generation.LastWords;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.StartReport.Finding;
import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.StartReport.Phase;
import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the report of this start as it goes on. A report that cannot be written is said on stderr and stops nothing.
 *
 * <p>Confined to the main thread.
 */
final class StartRecorder {

    private final Unit unit;
    private final Lines lines;
    private final long beganNanos;
    private final Instant at;
    private final Optional<String> slot;
    private final List<Finding> findings;
    private Optional<LastWords> lastWords = Optional.empty();
    private List<PassedOver> passedOver = List.of();
    private List<NotStarted> notStarted = List.of();
    private Choice.@Nullable Chosen chosen;
    private Duration readyTime = Duration.ZERO;

    StartRecorder(Unit unit, Lines lines, long beganNanos, Clock clock, Optional<String> slot, List<Finding> findings) {
        this.unit = unit;
        this.lines = lines;
        this.beganNanos = beganNanos;
        this.at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.slot = slot;
        this.findings = new ArrayList<>(findings);
    }

    /** Takes over what the last process left; it is removed once it stands in a report. */
    void takeLastWords() {
        try {
            lastWords = LastWords.read(unit);
        } catch (IOException | MalformedJson e) {
            find(LauncherCode.STATE_UNUSABLE, "last words: " + e.getMessage());
        }
    }

    void find(LauncherCode code, String detail) {
        lines.say(code + ": " + detail);
        findings.add(new Finding(code.name(), detail));
    }

    void refused(List<PassedOver> all) {
        passedOver = all;
        write(Phase.REFUSED);
    }

    void starting(Choice.Chosen choice) {
        chosen = choice;
        passedOver = choice.passedOver();
        if (write(Phase.STARTING) && lastWords.isPresent()) {
            removeLastWords();
        }
    }

    /** Answers how long it took. */
    Duration ready(List<NotStarted> bundles) {
        readyTime = Duration.ofNanos(System.nanoTime() - beganNanos);
        notStarted = bundles;
        write(Phase.READY);
        return readyTime;
    }

    void stopped() {
        write(Phase.STOPPED);
    }

    private void removeLastWords() {
        try {
            DurableFile.delete(unit.lastWordsFile());
        } catch (IOException e) {
            lines.say(LauncherCode.STATE_UNUSABLE + ": " + e);
        }
    }

    private boolean write(Phase phase) {
        try {
            new StartLog(unit).record(report(phase));
            return true;
        } catch (IOException e) {
            lines.say(LauncherCode.STATE_UNUSABLE + ": no report of this start: " + e);
            return false;
        }
    }

    private StartReport report(Phase phase) {
        Optional<Choice.Chosen> choice = Optional.ofNullable(chosen);
        return new StartReport(
                at,
                ProcessHandle.current().pid(),
                phase,
                choice.map(each -> each.verified().generation().number()),
                choice.map(each -> each.reason().name()),
                choice.flatMap(Choice.Chosen::trial).map(trial -> trial.triesLeft()),
                passedOver,
                slot,
                Runtime.version().toString(),
                choice.map(each -> each.verified().files()).orElse(0),
                choice.map(each -> each.verified().took()).orElse(Duration.ZERO),
                readyTime,
                notStarted,
                findings,
                lastWords);
    }
}
