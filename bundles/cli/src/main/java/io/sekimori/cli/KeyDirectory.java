package io.sekimori.cli;

import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** {@code --keys DIR}: the directory with a maker's keys, one {@code NAME.key} each. */
final class KeyDirectory {

    private static final String SUFFIX = ".key";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    @Option(names = "--keys", paramLabel = "DIR", descriptionKey = "keys")
    private Path given;

    /** The directory: the option, else SEKIMORI_KEYS, else the user's own. */
    Path path(Shell shell) {
        if (given != null) {
            return shell.resolve(given);
        }
        String named = shell.environment().getOrDefault("SEKIMORI_KEYS", "");
        if (!named.isEmpty()) {
            return shell.resolve(Path.of(named));
        }
        return Path.of(shell.environment().getOrDefault("HOME", "."), ".local", "share", "sekimori", "keys");
    }

    /** The file of the key {@code name}. */
    Path file(Shell shell, String name) throws Failure {
        if (!name.matches(NAME)) {
            throw new Failure(ExitCode.USAGE, "KEY_NAME", name);
        }
        return path(shell).resolve(name + SUFFIX);
    }

    /** Reads one key. */
    KeyFile key(Shell shell, String name) throws IOException, Failure {
        Path file = file(shell, name);
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.REFUSED, "KEY_MISSING", file);
        }
        return KeyFile.read(file);
    }

    /** Reads the named keys, or all there are if none is named. */
    List<Signer> signers(Shell shell, List<String> wanted) throws IOException, Failure {
        List<Signer> signers = new ArrayList<>();
        for (String name : wanted.isEmpty() ? names(shell) : wanted) {
            signers.add(key(shell, name));
        }
        return signers;
    }

    List<String> names(Shell shell) throws IOException {
        if (!Files.isDirectory(path(shell))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path(shell))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
