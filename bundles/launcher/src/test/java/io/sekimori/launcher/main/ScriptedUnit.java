package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.SlotJars;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real unit that runs generation 1, and the start script. */
final class ScriptedUnit {

    static final Path SCRIPT =
            Path.of("..", "..", "distrib", "bin", "sekimori-gateway").toAbsolutePath();
    static final TestBundle TWO = TestBundle.of("test.one", "2.0.0").activator(Quiet.class);

    /** A Java runtime as a shell script: this machine's. */
    static final String RUNS = "exec " + System.getProperty("java.home") + "/bin/java \"$@\"\n";

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);

    final TestUnit made;
    final Unit unit;
    private final Path work;

    ScriptedUnit(Path work) throws Exception {
        this.work = work;
        made = TestUnit.create(work);
        made.generation(1, ONE);
        made.confirm(1);
        unit = made.unit();
    }

    LaunchedGateway start() throws IOException {
        return LaunchedGateway.of(
                List.of("sh", SCRIPT.toString(), unit.directory().toString()));
    }

    /** Starts it, and ends it once it is ready; answers the line that says so. */
    String ready() throws Exception {
        try (LaunchedGateway gateway = start()) {
            String line = gateway.awaitLine("READY");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            return line;
        }
    }

    /** Has root archive the classes of the slot; answers the exit code. */
    int archive() throws Exception {
        return new ProcessBuilder(
                        "sh", SCRIPT.toString(), "--archive", unit.directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** What the last start passed over, and why. */
    List<String> codes() throws Exception {
        return made.lastReport().passedOver().stream()
                .map(passed -> passed.generation() + " " + passed.code())
                .toList();
    }

    /** The jars of a launcher, to be changed and used. */
    Map<String, Path> jars() {
        return SlotJars.write(work.resolve("slot-jars"));
    }

    static List<String> archivesIn(Path slot) throws IOException {
        try (Stream<Path> files = Files.list(slot)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".jsa"))
                    .toList();
        }
    }

    Path slotWithJava() throws Exception {
        return slotWithJava(RUNS);
    }

    /** A slot in use whose Java runtime is a shell script. */
    Path slotWithJava(String script) throws Exception {
        Path folder = unit.slot(made.useSlot(jars(), "0.2.0"));
        Path program = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        SortedMap<String, String> digests = new TreeMap<>(Map.of("java/bin/java", Sha256.hex(program)));
        Files.write(folder.resolve(RuntimeFiles.FILE), new RuntimeFiles(digests).bytes());
        Slot before = Slot.read(folder);
        Files.write(folder.resolve("slot.json"), new Slot(folder.resolve("java").toString(), before.files()).bytes());
        TestUnit.closeToOthers(unit.directory());
        return folder;
    }
}
