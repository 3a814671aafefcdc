package io.sekimori.itests.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.itests.support.BundleJar;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred gateways in one process, the console and the broker in theirs. */
class FleetIT {

    private static final int GATEWAYS = 500;
    private static final String APP = "org.example.app";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
            Waiting.until(
                    "the console knows what all of them run",
                    PATIENCE,
                    250_000_000,
                    () -> proved(rest, "1.0.0").size() == GATEWAYS);

            Rollout rollout = Rollout.begin(rest, APP, "1.1.0", "10");
            String end = rollout.awaitEnd();

            assertThat(end).as(rollout.describe()).isEqualTo("DONE");
            assertThat(rollout.total()).isEqualTo(GATEWAYS);
            assertThat(rollout.count("CONFIRMED")).isEqualTo(GATEWAYS);
            assertThat(proved(rest, "1.1.0")).hasSize(GATEWAYS);
            assertThat(rest.get("/v1/status").number("connected")).isEqualTo(GATEWAYS);
        }
    }

    /** The gateways whose last signed report has that version. */
    private static Set<String> proved(Rest rest, String version) throws IOException {
        try {
            Set<String> ids = new HashSet<>();
            String more = "";
            do {
                JsonObject page = rest.get("/v1/gateways?limit=200&bundle=" + APP + "&version=" + version + more);
                for (JsonObject gateway : page.objects("items")) {
                    ids.add(gateway.string("id"));
                }
                more = page.optionalString("next").map(next -> "&after=" + next).orElse("");
            } while (!more.isEmpty());
            return ids;
        } catch (MalformedJson e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
