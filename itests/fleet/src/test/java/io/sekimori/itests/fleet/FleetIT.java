package io.sekimori.itests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred gateways in one process, the console and the broker in theirs. */
class FleetIT {

    private static final int GATEWAYS = 500;
    private static final String APP = "org.example.app";

    @TempDir
    private Path folder;

    @Test
    void fiveHundredGatewaysEnrolAndProveTheRolloutTheyTook() throws IOException, MalformedJson {
        Path jars = folder.resolve("jars");
        List<Path> releases = List.of(
                BundleJar.empty(APP, "1.0.0").into(jars),
                BundleJar.empty(APP, "1.1.0").into(jars));
        try (RunningConsole console = RunningConsole.begin(folder, releases);
                SimulatedFleet fleet =
                        SimulatedFleet.start(console, folder.resolve("fleet"), GATEWAYS, 40, "--apply", "0")) {
            fleet.await("reported", GATEWAYS);
            Rest rest = console.rest();
            Proofs proofs = new Proofs(rest, APP);
            proofs.await("1.0.0", GATEWAYS);

            Rollout rollout = Rollout.begin(rest, "simulated-", APP, "1.1.0", "10");
            String end = rollout.awaitEnd();

            assertThat(end).as(rollout.describe()).isEqualTo("DONE");
            assertThat(rollout.total()).isEqualTo(GATEWAYS);
            assertThat(rollout.count("CONFIRMED")).isEqualTo(GATEWAYS);
            assertThat(proofs.of("1.1.0")).hasSize(GATEWAYS);
            assertThat(rest.get("/v1/status").number("connected")).isEqualTo(GATEWAYS);
        }
    }
}
