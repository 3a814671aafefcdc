package io.sekimori.itests.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A command of the system that a test needs done, such as a mount. */
final class Command {

    private static final long LIMIT_SECONDS = 60;

    private Command() {}

    /** Runs it, and answers its exit code; -1 if it does not end. */
    static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    /** Runs it, and insists on its success. */
    static void demand(String... command) throws IOException {
        int code = run(command);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ends with " + code);
        }
    }
}
