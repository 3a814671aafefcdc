package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.StartReport.Phase;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testbundles.Throwing;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a real framework in a process of its own. */
class StartTest {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);
    private static final TestBundle TWO = TestBundle.of("test.one", "2.0.0").activator(Quiet.class);

    @TempDir
    private Path work;

    @Test
    void theConfirmedGenerationStartsAndStopsCleanlyOnSigterm() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);

        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            gateway.awaitLine("started test.one 1.0.0");
            gateway.awaitLine("READY generation 1");
            gateway.terminate();

            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.OK.code());
            assertThat(gateway.output()).contains("stopped test.one");
        }
        StartReport report = unit.lastReport();
        assertThat(report.phase()).isEqualTo(Phase.STOPPED);
        assertThat(report.reason()).contains("NORMAL");
        assertThat(report.filesVerified()).isEqualTo(7);
        assertThat(report.notStarted()).isEmpty();
    }

    @Test
    void nothingOfTheBundleCacheIsLeftAfterAStop() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
        Scratch scratch = Scratch.of(unit.unit(), System.getenv());

        try (LaunchedGateway killed = LaunchedGateway.start(unit.unit(), 1)) {
            killed.awaitLine("READY");
            killed.kill();
            killed.awaitExit();
        }
        assertThat(foldersOf(scratch)).isEqualTo(1);
        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            gateway.awaitLine("READY");
            assertThat(foldersOf(scratch)).isEqualTo(1);
            assertThat(permissionsOf(scratch)).isEqualTo("rwx------");
            gateway.terminate();
            gateway.awaitExit();
        }

        assertThat(foldersOf(scratch)).isZero();
    }

    @Test
    void nothingIsLeftOfAFrameworkThatNoGenerationNeeded() throws Exception {
        TestUnit unit = TestUnit.create(work);
        Generation generation = unit.generation(1, ONE);
        unit.confirm(1);
        flipLastByte(storeFile(unit, generation));

        exitCode(unit, 1);

        assertThat(foldersOf(Scratch.of(unit.unit(), System.getenv()))).isZero();
    }

    private static String permissionsOf(Scratch scratch) throws Exception {
        try (Stream<Path> entries = Files.list(scratch.parent())) {
            Path folder = entries.filter(entry -> entry.getFileName().toString().startsWith(scratch.prefix()))
                    .findFirst()
                    .orElseThrow();
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        }
    }

    private static long foldersOf(Scratch scratch) throws Exception {
        try (Stream<Path> entries = Files.list(scratch.parent())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(scratch.prefix()))
                    .count();
        }
    }

    @Test
    void aUnitWhoseMetadataExpiredAYearAgoStarts() throws Exception {
        TestUnit unit = TestUnit.create(work, Instant.now().minus(Duration.ofDays(365 * 7)));
        unit.generation(1, ONE);
        unit.confirm(1);

        assertThat(readyLine(unit)).contains("READY generation 1");
    }

    @Test
    void aBundleThatDoesNotStartIsReportedAndStopsNothing() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE, TestBundle.of("test.bad", "1.0.0").activator(Throwing.class));
        unit.confirm(1);

        assertThat(readyLine(unit)).contains("1 bundles not started");
        assertThat(unit.lastReport().notStarted())
                .singleElement()
                .satisfies(each -> assertThat(each.bundle()).isEqualTo("test.bad/1.0.0"))
                .extracting(NotStarted::detail)
                .asString()
                .contains("does not want to start");
    }

    @Test
    void aBundleThatDoesNotResolveIsReportedAndStopsNothing() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE, TestBundle.of("test.bad", "1.0.0").header("Import-Package", "nobody.exports.it"));
        unit.confirm(1);

        readyLine(unit);

        assertThat(unit.lastReport().notStarted())
                .singleElement()
                .extracting(NotStarted::detail)
                .asString()
                .contains("nobody.exports.it");
    }

    @Test
    void aFlippedByteStopsTheStart() throws Exception {
        TestUnit unit = TestUnit.create(work);
        Generation generation = unit.generation(1, ONE);
        unit.confirm(1);
        flipLastByte(storeFile(unit, generation));

        assertThat(exitCode(unit, 1)).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        assertThat(refusalOf(unit)).isEqualTo(GenerationCode.FILE_DIFFERS.name());
    }

    @Test
    void aMissingFileStopsTheStart() throws Exception {
        TestUnit unit = TestUnit.create(work);
        Generation generation = unit.generation(1, ONE);
        unit.confirm(1);
        Files.delete(storeFile(unit, generation));

        assertThat(exitCode(unit, 1)).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        assertThat(refusalOf(unit)).isEqualTo(GenerationCode.FILE_MISSING.name());
    }

    @Test
    void alteredEvidenceStopsTheStart() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
        Path targets = unit.unit().evidence(1).resolve("director").resolve("targets.json");
        Files.writeString(targets, Files.readString(targets).replace("test.one", "test.two"));

        assertThat(exitCode(unit, 1)).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        assertThat(unit.lastReport().passedOver()).hasSize(1);
    }

    @Test
    void theFallbackStartsWhenTheConfirmedGenerationIsDamaged() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        Generation damaged = unit.generation(2, TWO);
        unit.confirm(2, 1);
        flipLastByte(storeFile(unit, damaged));

        assertThat(readyLine(unit)).contains("READY generation 1");
        assertThat(unit.lastReport().reason()).contains("FELL_BACK");
        assertThat(refusalOf(unit)).isEqualTo(GenerationCode.FILE_DIFFERS.name());
    }

    @Test
    void withoutATrustRootNothingStarts() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
        Files.delete(unit.unit().directorAnchor());

        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            gateway.awaitLine("NO_TRUST_ROOT");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_TRUST_ROOT.code());
        }
    }

    @Test
    void aUnitWithoutAPointerDoesNotStart() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);

        assertThat(exitCode(unit, 1)).isEqualTo(ExitCode.UNIT_UNREADABLE.code());
        assertThat(refusalOf(unit)).isEqualTo(LauncherCode.POINTER_MISSING.name());
    }

    @Test
    void aSecondLauncherIsRefused() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);

        try (LaunchedGateway first = LaunchedGateway.start(unit.unit(), 1)) {
            first.awaitLine("READY");

            assertThat(exitCode(unit, 1)).isEqualTo(ExitCode.ALREADY_RUNNING.code());
        }
    }

    @Test
    void aLauncherFromElsewhereThanTheSlotStartsNothing() throws Exception {
        TestUnit unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
        TestUnit other = TestUnit.create(work.resolve("other"));
        other.generation(1, ONE);

        try (LaunchedGateway gateway = LaunchedGateway.command(
                other.unit(),
                1,
                java.util.List.of("run", "--unit", unit.unit().directory().toString()))) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }
        assertThat(refusalOf(unit)).isEqualTo(LauncherCode.OTHER_SLOT.name());
    }

    private static String readyLine(TestUnit unit) throws Exception {
        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            String line = gateway.awaitLine("READY");
            gateway.terminate();
            gateway.awaitExit();
            return line;
        }
    }

    private static int exitCode(TestUnit unit, int generation) throws Exception {
        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), generation)) {
            return gateway.awaitExit();
        }
    }

    private static String refusalOf(TestUnit unit) throws Exception {
        return unit.lastReport().passedOver().stream()
                .map(PassedOver::code)
                .findFirst()
                .orElseThrow();
    }

    private static Path storeFile(TestUnit unit, Generation generation) {
        return unit.unit().store().path(generation.bundles().get(0).sha256());
    }

    private static void flipLastByte(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
