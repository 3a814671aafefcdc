package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.itests.support.BundleJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/your-own-bundle.md}, pasted from top to bottom: a gateway in a process of its own, and no console. */
class OwnBundlePageIT {

    private static final String SENSOR = "io.sekimori.example.sensor";

    @TempDir
    private Path directory;

    @Test
    void everyCommandOnThePageWorksInTheOrderGiven() throws Exception {
        Files.copy(sensor(), directory.resolve("sensor.jar"));
        Path next = BundleJar.of(sensor()).version("0.1.1").into(directory.resolve("next"));
        Files.copy(next, directory.resolve("sensor-next.jar"));
        Map<String, String> said = new LinkedHashMap<>();
        try (Terminal terminal = new Terminal(directory)) {
            for (String command :
                    Page.read(Terminal.clone("docs/your-own-bundle.md")).commands()) {
                said.merge(command, give(terminal, command), String::concat);
            }
        }

        assertThat(said).hasSizeGreaterThan(20);
        assertThat(said.get("sekimori bundles --unit unit")).contains(SENSOR);
        assertThat(said.get("sekimori vault show --unit unit").lines().filter(line -> line.contains(SENSOR)))
                .as("with the first version and with the second")
                .hasSize(2);
        assertThat(said.get("sekimori update plan next.zip --unit unit")).contains(SENSOR);
        assertThat(said.get("sekimori vault destroy " + SENSOR + " --reason removed --unit unit"))
                .contains(SENSOR);
    }

    private static String give(Terminal terminal, String command) throws IOException, InterruptedException {
        if (command.startsWith("sekimori gateway run ")) {
            Terminal.Running gateway = terminal.begin(command);
            Terminal.await("the gateway answers", () -> {
                assertThat(gateway.process().isAlive()).as(gateway.said()).isTrue();
                return terminal.succeeds("sekimori identity show --unit unit");
            });
            return "";
        }
        // Watched for a moment instead of half a minute before an update counts as good.
        String line = command.startsWith("sekimori factory ")
                ? command + " --configure io.sekimori.update.engine:probation.seconds=1"
                : command;
        Terminal.Result result = terminal.run(line);
        assertThat(result.exit()).as(line + "\n" + result.out()).isZero();
        return result.out();
    }

    private static Path sensor() throws IOException {
        try (Stream<Path> built = Files.list(Terminal.clone("bundles/example.sensor/target"))) {
            List<Path> jars = built.filter(jar -> jar.getFileName().toString().matches(SENSOR + "-[0-9.]+\\.jar"))
                    .toList();
            assertThat(jars).hasSize(1);
            return jars.get(0);
        }
    }
}
