package io.sekimori.cli;

import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori support-bundle}: what somebody far away needs to help, in one zip file. It takes named files only and
 * nothing of {@code data}, where keys, configurations and the audit lie: what is not named here cannot leak.
 */
@Command(name = "support-bundle")
final class SupportBundleCommand implements Callable<Integer> {

    /** Files below the unit that hold facts and no values of configurations. */
    private static final List<String> FILES = List.of(
            "trust/unit.json",
            "trust/root.json",
            "trust/director.json",
            "state/confirmed.json",
            "state/trial.json",
            "state/start.json",
            "state/last-words.json",
            "state/transition.json");

    private static final long MAX_FILE_BYTES = 4 << 20;

    private final Shell shell;

    @Mixin
    private UnitOption place;

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "support.out")
    private Path out;

    SupportBundleCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Unit unit = place.of(shell);
        Path file = shell.resolve(out);
        int files = 0;
        try (OutputStream stream =
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            put(zip, "status.json", JsonText.bytes(status(unit)));
            put(zip, "environment.json", JsonText.bytes(environment()));
            for (String name : FILES) {
                files += copy(zip, unit, unit.directory().resolve(name));
            }
            for (Path report : reports(unit)) {
                files += copy(zip, unit, report);
            }
        }
        shell.tell("support.done", file, files + 2, Files.size(file));
        return ExitCode.OK.number();
    }

    private Map<String, Object> status(Unit unit) throws IOException {
        return StatusCommand.document(unit, UnitStatus.read(unit, shell.clock().instant()), shell.messages());
    }

    private Map<String, Object> environment() {
        Map<String, Object> facts = new TreeMap<>();
        // Named ones only: the environment and the properties of a process are where secrets are passed.
        for (String name : List.of("os.name", "os.version", "os.arch", "java.version", "java.vendor")) {
            facts.put(name, System.getProperty(name, ""));
        }
        facts.put("at", shell.clock().instant().toString());
        return facts;
    }

    private static List<Path> reports(Unit unit) throws IOException {
        if (!Files.isDirectory(unit.transitions())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(unit.transitions())) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-z-]+\\.(json|log)"))
                    .sorted()
                    .toList();
        }
    }

    private static int copy(ZipOutputStream zip, Unit unit, Path file) throws IOException {
        String name = unit.directory().relativize(file).toString();
        if (!isItself(unit, file, name) || Files.size(file) > MAX_FILE_BYTES) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            put(zip, name, in.readAllBytes());
        }
        return 1;
    }

    // The state is the gateway's own: a link there could lead whoever runs this, perhaps root, to any secret.
    private static boolean isItself(Unit unit, Path file, String name) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.toRealPath().equals(unit.directory().toRealPath().resolve(name));
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }
}
