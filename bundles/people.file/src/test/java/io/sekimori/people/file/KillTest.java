package io.sekimori.people.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who counts failures and is killed in the middle leaves every failure that was counted. */
class KillTest {

    private static final int KILLS = 6;
    private static final String KEY = "name:alice";

    @TempDir
    Path unit;

    @Test
    void noFailureThatWasCountedIsForgotten() throws Exception {
        Random random = new Random(1);
        for (int kill = 0; kill < KILLS; kill++) {
            int counted = killAfter(1 + random.nextInt(30));

            int found = new FilePeople(unit).look(table -> table.failures(KEY)).count();

            assertThat(found).isGreaterThanOrEqualTo(counted);
        }
    }

    /** Counts until it is killed, saying each number once it is kept. */
    public static void main(String[] arguments) throws AccessException {
        FilePeople store = new FilePeople(Path.of(arguments[0]));
        while (true) {
            System.out.println(store.<Integer>change(table -> {
                int next = table.failures(KEY).count() + 1;
                table.put(KEY, new Failures(next, Instant.now(), Instant.EPOCH));
                return next;
            }));
        }
    }

    private int killAfter(int numbers) throws IOException, InterruptedException {
        Process counter = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTest.class.getName(),
                        unit.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int last = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(counter.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < numbers; i++) {
                last = Integer.parseInt(said.readLine());
            }
        } finally {
            counter.destroyForcibly().waitFor();
        }
        return last;
    }
}
