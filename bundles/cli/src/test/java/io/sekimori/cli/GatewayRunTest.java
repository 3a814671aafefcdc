package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gateway run} as a process, and signals. */
class GatewayRunTest {

    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path unit;

    @Test
    void itPassesSigtermOnAndEndsWithTheGatewaysCode() throws Exception {
        startScript("trap 'exit 7' TERM; echo up; while :; do sleep 1 & wait $!; done");
        Process run = run();
        try (BufferedReader lines = run.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("up");

            run.destroy(); // SIGTERM, to this process alone

            assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(7);
        } finally {
            end(run);
        }
    }

    @Test
    void itEndsWithTheGatewaysCodeByItself() throws Exception {
        startScript("exit 21");
        Process run = run();
        try {
            assertThat(run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(run.exitValue()).isEqualTo(21);
        } finally {
            end(run);
        }
    }

    private void startScript(String body) throws IOException {
        Files.createDirectories(unit.resolve("trust"));
        Path script = Files.createDirectories(unit.resolve("bin")).resolve("sekimori-gateway");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    private Process run() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        Main.class.getName(),
                        "gateway",
                        "run",
                        "--unit",
                        unit.toString())
                .redirectErrorStream(true)
                .start();
    }

    private static void end(Process run) {
        run.descendants().forEach(ProcessHandle::destroyForcibly);
        run.destroyForcibly();
    }
}
