package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer that is killed in the middle loses nothing that it was told is durable. */
class KillTest {

    private static final int KILLS = 8;

    @TempDir
    Path folder;

    @Test
    void whatWasConfirmedSurvivesAKill() throws Exception {
        ChainOnDisk chain = new ChainOnDisk(folder.resolve("chain"));
        Random random = new Random(1);
        long confirmed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            confirmed = killAfter(1 + random.nextInt(60), chain.folder());

            assertThat(chain.intact().lastSequence()).isGreaterThanOrEqualTo(confirmed);
        }

        chain.batch("after");
        assertThat(chain.intact().lastSequence()).isGreaterThan(confirmed);
        assertThat(chain.intact().unfinishedBytes()).isZero();
    }

    /** Appends until it is killed, saying each number once it is durable. */
    public static void main(String[] arguments) throws AuditException {
        ChainAuditLog log = new ChainAuditLog(Path.of(arguments[0]), new SynchronousDisk(), Limits.DEFAULT);
        while (true) {
            System.out.println(log.append(Entries.entry("entry")).sequence());
        }
    }

    private static long killAfter(int records, Path chain) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process writer = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTest.class.getName(),
                        chain.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < records; i++) {
                last = Long.parseLong(said.readLine());
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return last;
    }
}
