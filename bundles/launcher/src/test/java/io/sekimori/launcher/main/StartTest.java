package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.StartReport.Phase;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of a real framework in a process of its own. */
class StartTest {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);

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
        StartReport report = lastReport(unit);
        assertThat(report.phase()).isEqualTo(Phase.STOPPED);
        assertThat(report.reason()).contains("NORMAL");
        assertThat(report.filesVerified()).isEqualTo(7);
        assertThat(report.notStarted()).isEmpty();
    }

    private static StartReport lastReport(TestUnit unit) throws Exception {
        return new StartLog(unit.unit()).read().get(0);
    }
}
