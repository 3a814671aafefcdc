package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} in a process of its own. */
class VerifyCommandTest {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);

    @TempDir
    private Path work;

    private TestUnit unit;

    @BeforeEach
    void aUnit() throws Exception {
        unit = TestUnit.create(work);
    }

    @Test
    void aGoodGenerationIsVerifiedWithItsColdWiring() throws Exception {
        unit.generation(1, ONE);

        JsonObject json = verify(1, ExitCode.OK);

        assertThat(json.string("verdict")).isEqualTo("VERIFIED");
        assertThat(json.number("files")).isEqualTo(7);
        assertThat(json.object("wiring").strings("test.one/1.0.0"))
                .contains("osgi.wiring.package;io.sekimori.launcher -> org.apache.felix.framework/7.0.5");
    }

    @Test
    void itRunsBesideARunningGateway() throws Exception {
        unit.generation(1, ONE);
        unit.confirm(1);

        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            gateway.awaitLine("READY");

            assertThat(verify(1, ExitCode.OK).string("verdict")).isEqualTo("VERIFIED");
        }
    }

    @Test
    void aMissingFileIsRefused() throws Exception {
        Generation generation = unit.generation(1, ONE);
        Files.delete(unit.unit().store().path(generation.bundles().get(0).sha256()));

        assertThat(verify(1, ExitCode.NO_STARTABLE_GENERATION).string("verdict"))
                .isEqualTo("FILE_MISSING");
    }

    @Test
    void aGenerationThatCannotResolveIsRefused() throws Exception {
        unit.generation(1, TestBundle.of("test.bad", "1.0.0").header("Import-Package", "nobody.exports.it"));

        JsonObject json = verify(1, ExitCode.NO_STARTABLE_GENERATION);

        assertThat(json.string("verdict")).isEqualTo(LauncherCode.UNRESOLVED.name());
        assertThat(json.string("detail")).contains("nobody.exports.it");
    }

    @Test
    void withoutATrustRootNothingIsVerified() throws Exception {
        unit.generation(1, ONE);
        Files.delete(unit.unit().releaseAnchor());

        assertThat(verify(1, ExitCode.NO_TRUST_ROOT).string("verdict")).isEqualTo("NO_TRUST_ROOT");
    }

    @Test
    void anotherSlotsLauncherDoesNotSpeakForTheGeneration() throws Exception {
        unit.generation(1, ONE);
        TestUnit other = TestUnit.create(work.resolve("other"));
        other.generation(1, ONE);

        try (LaunchedGateway launcher =
                LaunchedGateway.command(other.unit(), 1, arguments(unit.unit().directory(), 1))) {
            assertThat(launcher.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
            assertThat(String.join("", launcher.output())).contains("OTHER_SLOT");
        }
    }

    private JsonObject verify(int generation, ExitCode expected) throws Exception {
        try (LaunchedGateway launcher = LaunchedGateway.command(
                unit.unit(), generation, arguments(unit.unit().directory(), generation))) {
            assertThat(launcher.awaitExit()).isEqualTo(expected.code());
            return JsonObject.parse(String.join("\n", launcher.output()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> arguments(Path unit, int generation) {
        return List.of("verify", "--unit", unit.toString(), "--generation", Integer.toString(generation));
    }
}
