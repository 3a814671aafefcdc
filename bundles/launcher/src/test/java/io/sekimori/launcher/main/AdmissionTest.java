package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.LastWords;
import io.sekimori.launcher.testbundles.Hanging;
import io.sekimori.launcher.testbundles.Intruder;
import io.sekimori.launcher.testbundles.Prober;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What code inside a running gateway can and cannot bring to run. */
class AdmissionTest {

    private static final TestBundle PROBER =
            TestBundle.of("test.prober", "1.0.0").activator(Prober.class);
    private static final TestBundle VICTIM =
            TestBundle.of("test.victim", "1.0.0").activator(Quiet.class);
    private static final TestBundle NEXT = TestBundle.of("test.victim", "2.0.0").activator(Quiet.class);
    // Java's jar files find a manifest in small letters too, and the framework does not.
    private static final TestBundle LIAR = TestBundle.of("test.liar", "1.0.0")
            .header("Bundle-SymbolicName", "test.host")
            .entry(
                    "META-INF/manifest.mf",
                    "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: test.liar\nBundle-Version: 1.0.0\n"
                            .getBytes(StandardCharsets.US_ASCII));
    private static final TestBundle HOST = TestBundle.of("test.host", "1.0.0");

    @TempDir
    private Path work;

    private TestUnit unit;

    @BeforeEach
    void aUnitWithAProbe() throws Exception {
        unit = TestUnit.create(work);
        unit.generation(1, VICTIM, PROBER);
        unit.confirm(1);
        Path jars = work.resolve("jars");
        TestBundle.of("test.around", "1.0.0").activator(Intruder.class).write(jars, "around.jar");
        TestBundle.of("test.fragment", "1.0.0")
                .header("Fragment-Host", "test.host")
                .entry("injected.txt", "injected".getBytes(StandardCharsets.US_ASCII))
                .write(jars, "fragment.jar");
        TestBundle.of("test.extension", "1.0.0")
                .header("Fragment-Host", "system.bundle;extension:=framework")
                .header("ExtensionBundle-Activator", Intruder.class.getName())
                .classes(Intruder.class)
                .write(jars, "extension.jar");
    }

    @Test
    void aBundleInstalledAroundNeverResolves() throws Exception {
        List<String> output = probe("install");

        assertThat(output)
                .contains(
                        "probe heard: test.around/1.0.0",
                        "probe start: refused",
                        "probe resolve: false",
                        "probe state: 2",
                        "probe class: not found",
                        "probe admitted: false",
                        "probe listed: 1",
                        "probe unknown hash: refused");
        assertThat(output).noneMatch(line -> line.contains("INTRUDER"));
        assertThat(output).anyMatch(line -> line.contains("UNADMITTED_BUNDLE: test.around/1.0.0 from around"));
    }

    @Test
    void aBundleUpdatedAroundNeverResolvesAgain() throws Exception {
        List<String> output = probe("update");

        assertThat(output).contains("probe before: true", "probe after: false", "probe start: refused");
        assertThat(output).noneMatch(line -> line.contains("INTRUDER"));
    }

    @Test
    void aFragmentInstalledAroundIsNotAttachedToAnAdmittedHost() throws Exception {
        Generation next = unit.generation(2, VICTIM, PROBER, HOST);

        List<String> output = probe("fragment", "-Dtest.sha256=" + sha256(next, "test.host"));

        assertThat(output).contains("probe admit: admitted", "probe resolve: true", "probe injected: null");
    }

    @Test
    void aFrameworkExtensionInstalledAroundRunsNoCode() throws Exception {
        // Opened, so that it is not the JVM which refuses.
        List<String> output = probe("extension", "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED");

        assertThat(output).contains("probe extension: refused", "probe update: refused");
        assertThat(output).noneMatch(line -> line.contains("INTRUDER"));
    }

    @Test
    void whoeverTakesTheLocationOfAVerifiedFileGainsNothing() throws Exception {
        Generation next = unit.generation(2, VICTIM, PROBER, HOST);

        List<String> output = probe("squatter", "-Dtest.sha256=" + sha256(next, "test.host"));

        assertThat(output).contains("probe same: false", "probe name: test.host", "probe resolve: true");
        assertThat(output).noneMatch(line -> line.contains("INTRUDER"));
    }

    @Test
    void aFileReplacedInTheStoreIsNotInstalled() throws Exception {
        Generation next = unit.generation(2, VICTIM, PROBER, HOST);

        List<String> output = probe("changed", "-Dtest.sha256=" + sha256(next, "test.host"));

        assertThat(output).contains("probe admit: admitted", "probe changed: refused");
    }

    @Test
    void aBundleThatReadsAReplacedFileAnewNeverResolves() throws Exception {
        List<String> output = probe("replaced");

        assertThat(output).contains("probe heard: test.victim/1.0.0", "probe replaced: refused");
        assertThat(output).noneMatch(line -> line.contains("INTRUDER"));
    }

    @Test
    void aBundleThatGoesByAnotherNameThanItsReleaseIsNotInstalled() throws Exception {
        Generation next = unit.generation(2, VICTIM, PROBER, LIAR);

        List<String> output = probe("swap", "-Dtest.sha256=" + sha256(next, "test.liar"));

        assertThat(output).contains("probe admit: admitted");
        assertThat(output)
                .anyMatch(line -> line.contains("NOT_ADMITTED: test.liar/1.0.0 calls itself test.host/1.0.0"));
    }

    @Test
    void aVerifiedGenerationIsInstalledBesideTheRunningOneAndTakenBack() throws Exception {
        Generation next = unit.generation(2, NEXT, PROBER);

        List<String> output = probe("swap", "-Dtest.sha256=" + sha256(next, "test.victim"));

        assertThat(output)
                .contains(
                        "probe admit: admitted",
                        "probe withdrawn admitted: false",
                        "probe next: 2.0.0 32",
                        "probe restored: 1.0.0 32",
                        "probe dismissed: refused");
    }

    @Test
    void aRehearsalBesideARunningFrameworkDisturbsNothingAndFindsItsWiring() throws Exception {
        unit.generation(2, NEXT, PROBER);

        try (LaunchedGateway gateway = start("rehearse")) {
            gateway.awaitLine("probe done: rehearse");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            assertThat(gateway.output()).contains("probe own: true", "probe next: true", "probe undisturbed: true");
        }
    }

    @Test
    void aGenerationThatDoesNotVerifyIsNotAdmitted() throws Exception {
        List<String> output = probe("swap", "-Dtest.admit=7", "-Dtest.sha256=" + "0".repeat(64));

        assertThat(output).contains("probe admit: GENERATION_MISSING");
    }

    @Test
    void aFrameworkThatRestartsItselfEndsTheProcessAndRunsNothingNew() throws Exception {
        try (LaunchedGateway gateway = start("framework-update")) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.FRAMEWORK_FAILED.code());
            assertThat(gateway.output()).noneMatch(line -> line.contains("INTRUDER"));
        }
    }

    @Test
    void aFrameworkUpdatedOnceItRunsEndsTheProcessAndRunsNothingNew() throws Exception {
        try (LaunchedGateway gateway = start("framework-update-later")) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.FRAMEWORK_FAILED.code());
            assertThat(gateway.output()).noneMatch(line -> line.contains("INTRUDER"));
        }
    }

    @Test
    void aFrameworkStoppedFromInsideIsAFailure() throws Exception {
        try (LaunchedGateway gateway = start("framework-stop")) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.FRAMEWORK_FAILED.code());
        }
    }

    @Test
    void aBundleCanAskForANewProcess() throws Exception {
        try (LaunchedGateway gateway = start("restart")) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.RESTART.code());
            assertThat(gateway.output()).contains("stopped test.victim");
        }
    }

    @Test
    void aBundleThatEndsTheJvmIsNoCleanStop() throws Exception {
        try (LaunchedGateway gateway = start("exit-later")) {
            gateway.awaitLine("READY");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.EXITED.code());
            assertThat(gateway.output()).contains("stopped test.victim");
        }

        assertEndedBy("Prober.exitOnceStarted");
    }

    @Test
    void aBundleThatEndsTheJvmInItsStartIsNoCleanStopEither() throws Exception {
        try (LaunchedGateway gateway = start("exit", "--stop-limit=1")) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.EXITED.code());
        }

        assertEndedBy("Prober.start");
    }

    private void assertEndedBy(String who) throws Exception {
        assertThat(LastWords.read(unit.unit())).hasValueSatisfying(words -> {
            assertThat(words.kind()).isEqualTo(LastWords.Kind.EXITED);
            assertThat(words.why()).contains(who);
        });
    }

    @Test
    void aBundleThatHangsInItsStopCannotHoldTheProcess() throws Exception {
        unit.generation(2, TestBundle.of("test.hanging", "1.0.0").activator(Hanging.class));
        unit.confirm(2);

        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 2, "--stop-limit=1")) {
            gateway.awaitLine("READY");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }

        assertThat(LastWords.read(unit.unit()))
                .hasValueSatisfying(words -> assertThat(words.kind()).isEqualTo(LastWords.Kind.STOP_TIMED_OUT));
    }

    private List<String> probe(String name, String... more) throws Exception {
        try (LaunchedGateway gateway = start(name, more)) {
            gateway.awaitLine("READY");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            return gateway.output();
        }
    }

    private LaunchedGateway start(String probe, String... more) throws Exception {
        String[] options = new String[more.length + 2];
        System.arraycopy(more, 0, options, 2, more.length);
        options[0] = "-Dtest.probe=" + probe;
        options[1] = "-Dtest.jars=" + work.resolve("jars");
        return LaunchedGateway.start(unit.unit(), 1, options);
    }

    private static String sha256(Generation generation, String symbolicName) {
        return generation.bundles().stream()
                .filter(bundle -> bundle.symbolicName().equals(symbolicName))
                .findFirst()
                .orElseThrow()
                .sha256();
    }
}
