package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that this one started and ends again. Its output goes to a log file. Thread-safe.
 *
 * @param name    how people call it
 * @param process the process
 * @param log     where its output is
 */
record OwnedProcess(String name, Process process, Path log) {

    private static final Duration GRACE = Duration.ofSeconds(25);

    static OwnedProcess start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return new OwnedProcess(name, builder.start(), log);
    }

    /** Fails if it has ended. */
    void mustLive() throws Failure {
        if (!process.isAlive()) {
            throw new Failure(ExitCode.FAILED, "PROCESS_ENDED", name, process.exitValue(), log);
        }
    }

    /** Asks it to end, and ends it if it does not. */
    void end() {
        process.destroy();
        try {
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
