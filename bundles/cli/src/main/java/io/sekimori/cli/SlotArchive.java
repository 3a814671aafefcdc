package io.sekimori.cli;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the class data archive of a slot, with which its Java runtime starts faster: the slot's launcher verifies the
 * generation once and the runtime keeps what it loaded. It belongs to the paths of this unit, so it is made in place.
 * Whoever can write it is as powerful as who can write the launcher: like the slot it belongs to root.
 *
 * @param unit where the unit finally lies
 */
public record SlotArchive(Unit unit) {

    private static final long LIMIT_SECONDS = 120;

    /** Answers whether there is an archive now; without one the gateway only starts slower. */
    public boolean make(int number) throws IOException {
        try {
            Generation generation = new Generations(unit)
                    .read(number)
                    .orElseThrow(() -> new IOException("there is no generation " + number));
            Path folder = unit.slot(generation.slot());
            Slot slot = Slot.parse(Files.readAllBytes(folder.resolve("slot.json")));
            Path archive = folder.resolve("launcher.jsa");
            boolean made = run(command(folder, slot, archive, number));
            if (!made) {
                Files.deleteIfExists(archive);
            }
            return made;
        } catch (MalformedJson e) {
            throw new IOException("generation " + number + " or its slot is malformed", e);
        }
    }

    private List<String> command(Path folder, Slot slot, Path archive, int number) {
        List<String> jars = slot.files().digests().keySet().stream()
                .map(name -> folder.resolve("lib").resolve(name).toString())
                .toList();
        return List.of(
                slot.java() + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:ArchiveClassesAtExit=" + archive,
                "-cp",
                String.join(File.pathSeparator, jars),
                "io.sekimori.launcher.main.Main",
                "verify",
                "--unit",
                unit.directory().toString(),
                "--generation",
                Integer.toString(number));
    }

    private static boolean run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
