package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An editor that is killed in the middle leaves the version before or the version after. */
class KillTest {

    private static final int KILLS = 6;
    private static final String PID = FakeSchemas.PID;

    @TempDir
    Path unit;

    @Test
    void aVersionIsWholeOrWasNever() throws Exception {
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            long confirmed = killAfter(1 + random.nextInt(30), unit);

            Gateway gateway = new Gateway(unit);
            Configuration found = gateway.start("after kill " + kill).read(PID).orElseThrow();

            assertThat(found.facts().version()).isGreaterThanOrEqualTo(confirmed);
            assertThat(found.values())
                    .containsEntry("count", value(found.facts().version()));
            assertThat(gateway.admin.value(PID, "count"))
                    .isEqualTo(value(found.facts().version()));
        }
    }

    /** Changes until it is killed, saying each version once it is in force. */
    public static void main(String[] arguments) throws ConfigException {
        AdminConfigurations configurations = new Gateway(Path.of(arguments[0])).start("child");
        long version =
                configurations.read(PID).map(read -> read.facts().version()).orElse(0L);
        while (true) {
            Change change = new Change(
                    PID, version, Map.of("count", value(version + 1)), Set.of(), new Authorship("child", "kill"));
            version = ((Applied) configurations.change(change)).version();
            System.out.println(version);
        }
    }

    private static int value(long version) {
        return (int) (1 + version % 10);
    }

    private static long killAfter(int versions, Path unit) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process editor = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTest.class.getName(),
                        unit.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(editor.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < versions; i++) {
                last = Long.parseLong(said.readLine());
            }
        } finally {
            editor.destroyForcibly().waitFor();
        }
        return last;
    }
}
