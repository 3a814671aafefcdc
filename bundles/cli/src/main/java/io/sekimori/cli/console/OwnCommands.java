package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Main;
import io.sekimori.cli.Shell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Gives commands of this command line as a person would, and stops at the first that fails. Confined to one thread. */
final class OwnCommands {

    private final Shell shell;

    OwnCommands(Shell shell) {
        this.shell = shell;
    }

    void give(Object... words) throws Failure {
        List<String> line =
                new ArrayList<>(Stream.of(words).map(String::valueOf).toList());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell quiet = new Shell(
                out, err, false, shell.environment(), shell.clock(), shell.resolve(java.nio.file.Path.of("")));
        if (Main.run(quiet, line.toArray(String[]::new)) != ExitCode.OK.number()) {
            throw new Failure(
                    ExitCode.FAILED,
                    "STEP_FAILED",
                    String.join(" ", line),
                    err.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
