package io.sekimori.cli;

import io.sekimori.generation.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --unit DIR}: the gateway on this machine that a command is about. */
public final class UnitOption {

    private static final Path DEFAULT = Path.of("/var/lib/sekimori");

    @Option(names = "--unit", paramLabel = "DIR", descriptionKey = "unit")
    private Path given;

    /** Whether the option was given. */
    public boolean isGiven() {
        return given != null;
    }

    /** The unit; the option, else SEKIMORI_UNIT, else the place of an installed gateway. */
    Unit of(Shell shell) throws Failure {
        String named = shell.environment().getOrDefault("SEKIMORI_UNIT", "");
        Path directory = DEFAULT;
        if (given != null) {
            directory = shell.resolve(given);
        } else if (!named.isEmpty()) {
            directory = shell.resolve(Path.of(named));
        }
        if (!Files.isDirectory(directory.resolve("trust")) && !Files.isDirectory(directory.resolve("state"))) {
            throw new Failure(ExitCode.REFUSED, "NO_UNIT", directory);
        }
        return new Unit(directory);
    }
}
