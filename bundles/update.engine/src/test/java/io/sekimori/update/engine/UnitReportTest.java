package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.trust.Swap;
import io.sekimori.trust.UnitReport;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a unit says of itself, in a real framework. */
class UnitReportTest {

    private static final String APP = "lab.app";

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void namesWhatRunsAndRepeatsTheNonce() throws Exception {
        UnitReport report = lab.report("fresh_1");

        assertThat(report.nonce()).isEqualTo("fresh_1");
        assertThat(report.serial()).isEqualTo("L-1");
        assertThat(report.running().generation()).isEqualTo(1);
        assertThat(report.confirmed()).isTrue();
        assertThat(report.running().bundles())
                .filteredOn(item -> item.symbolicName().equals(APP))
                .containsExactly(new UnitReport.Item(APP, "1.0.0", lab.office().digest(APP, "1.0.0"), 6));
        assertThat(report.running().slot())
                .isNotEmpty()
                .allMatch(item -> !item.sha256().isEmpty());
        assertThat(report.running().assignment())
                .isPositive()
                .isEqualTo(report.trusted().assignment());
        assertThat(report.findings()).isEmpty();
        assertThat(report.last()).isEmpty();
    }

    @Test
    void growsWithEachReportAndAfterAStart() throws Exception {
        long first = lab.report("").sequence();
        long second = lab.report("").sequence();
        lab.shutdown();
        lab.boot(1, false);

        assertThat(second).isGreaterThan(first);
        assertThat(lab.report("").sequence()).isGreaterThan(second);
    }

    @Test
    void isHeardWhenSomebodyComesAndAfterATransition() throws Exception {
        lab.ask("listen", "");
        UnitReport before = lab.heard();

        lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0")));
        UnitReport after = lab.heard();

        assertThat(before.running().generation()).isEqualTo(1);
        assertThat(after.running().generation()).isEqualTo(2);
        assertThat(after.last()).hasValueSatisfying(last -> {
            assertThat(last.outcome()).isEqualTo("CONFIRMED");
            assertThat(last.assignment()).isEqualTo(after.running().assignment());
            assertThat(last.swaps())
                    .extracting(UnitReport.Swapped::symbolicName)
                    .containsExactly(APP);
        });
    }

    @Test
    void namesTheAssignmentThatWasRefused() throws Exception {
        Path pack = lab.packs().without(APP, lab.engine("0.1.0"), app("2.0.0"));

        lab.apply(pack);

        UnitReport report = lab.report("");
        assertThat(report.last()).hasValueSatisfying(last -> {
            assertThat(last.outcome()).isEqualTo("REFUSED");
            assertThat(last.code()).isEqualTo("PACK_FILE_MISSING");
            assertThat(last.assignment()).isEqualTo(report.trusted().assignment());
        });
        assertThat(report.running().assignment()).isLessThan(report.trusted().assignment());
    }

    @Test
    void aCountThatTheDiskDoesNotGiveForAMomentIsSaidAndIsNotNone() throws Exception {
        Path file = lab.unit().data("io.sekimori.update.engine").resolve("forgeries.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"TIME_REPLAYED\":{\"times\":3,\"last\":\"2026-11-22T12:00:00Z\"}}");
        assertThat(lab.report("").noted().attacks()).isEqualTo(3);

        Files.delete(file);
        Files.createDirectory(file);
        UnitReport report = lab.report("");

        assertThat(report.noted().attacks()).isEqualTo(3);
        assertThat(report.findings())
                .anyMatch(finding -> finding.startsWith("STATE_UNREADABLE the count of forgeries"));
    }

    @Test
    void anAssignmentOfTheSameBundlesIsANewGeneration() throws Exception {
        Path again = lab.pack(lab.engine("0.1.0"), app("1.0.0"));

        assertThat(lab.apply(again)).isEqualTo("Confirmed 2");
        assertThat(lab.apply(again)).startsWith("Refused 2 NOTHING_TO_DO");
        assertThat(lab.report("").running().generation()).isEqualTo(2);
    }

    @Test
    void aChangedFileIsAFinding() throws Exception {
        Path file = lab.unit().store().path(lab.office().digest(APP, "1.0.0"));
        Files.writeString(file, "changed");

        UnitReport report = lab.report("");

        assertThat(report.findings()).containsExactly("FILE_DIFFERS lab.app/1.0.0");
        assertThat(report.running().bundles())
                .filteredOn(item -> item.symbolicName().equals(APP))
                .noneMatch(item -> item.sha256().equals(lab.office().digest(APP, "1.0.0")));
    }

    @Test
    void aFallBackToWhatWasReplacedIsAFinding() throws Exception {
        lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0")));
        assertThat(lab.report("").findings()).isEmpty();
        lab.shutdown();
        new StartLog(lab.unit()).record(startedInsteadOf(2, "FILE_DIFFERS", "lab.app/2.0.0"));
        lab.boot(1, false);

        UnitReport report = lab.report("");

        assertThat(report.findings()).containsExactly("FELL_BACK generation 2: FILE_DIFFERS lab.app/2.0.0");
        assertThat(report.running().generation()).isEqualTo(1);
        assertThat(report.confirmed()).isFalse();
    }

    private static StartReport startedInsteadOf(int generation, String code, String detail) {
        return new StartReport(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                ProcessHandle.current().pid(),
                StartReport.Phase.READY,
                Optional.of(generation - 1),
                Optional.of("FELL_BACK"),
                Optional.empty(),
                List.of(new StartReport.PassedOver(generation, code, detail)),
                Optional.empty(),
                "17",
                1,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                Optional.empty());
    }

    @Test
    void withoutItsSequenceThereIsNoReport() throws Exception {
        Path folder = lab.unit().data("io.sekimori.update.engine").resolve("report-sequence");
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "in the way");

        assertThat(lab.ask("report", "")).startsWith("!").contains("REPORT_UNWRITABLE");
    }

    @Test
    void withoutTheDeviceKeyThereIsNoReport() throws Exception {
        lab.ask("off", "keys");

        assertThat(lab.ask("report", "")).startsWith("!").contains("KEYS_UNAVAILABLE");
    }

    private Item app(String version) {
        return lab.greeter(APP, version, Swap.OVERLAP, "");
    }
}
