package io.sekimori.itests.fleet;

import io.sekimori.cli.Main;
import io.sekimori.cli.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/**
 * The command line that a person uses, in this process. Thread-safe.
 *
 * @param directory where commands are given, and where the person's login is kept
 */
record CommandLine(Path directory) {

    /** Runs a command that must succeed, and answers what it printed. */
    String must(Object... words) throws IOException {
        return typing("", words);
    }

    /** The same with something typed. */
    String typing(String typed, Object... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        int exit = Main.run(
                new Shell(
                        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                        out,
                        err,
                        false,
                        Map.of("LANG", "C.UTF-8", "SEKIMORI_CONFIG", login().toString()),
                        Clock.systemUTC(),
                        directory),
                arguments);
        if (exit != 0) {
            throw new IOException("sekimori " + String.join(" ", arguments) + " answered " + exit + ": "
                    + err.toString(StandardCharsets.UTF_8) + out.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    Path login() {
        return directory.resolve("login");
    }
}
