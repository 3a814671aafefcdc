package io.sekimori.cli;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the class data archive of a slot, with which its Java runtime starts faster: the slot's launcher starts the
 * generation once, in a {@link TrainingUnit}, and the runtime keeps the classes of launcher, framework and bundles. It
 * uses one again only for a class file of the same name, length and checksum, so that a bundle which is replaced just
 * starts as it would without. The archive belongs to the paths of this unit, so it is made in place. Whoever can write it
 * is as powerful as who can write the launcher: like the slot it belongs to root.
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
            Slot slot = Slot.read(folder);
            Path archive = folder.resolve("launcher.jsa");
            boolean made;
            try (TrainingUnit training = TrainingUnit.of(unit, number)) {
                made = run(command(folder, slot, archive, training.unit()));
            }
            if (!made) {
                Files.deleteIfExists(archive);
            }
            return made && Files.exists(archive);
        } catch (MalformedJson e) {
            throw new IOException("generation " + number + " or its slot is malformed", e);
        }
    }

    private static List<String> command(Path folder, Slot slot, Path archive, Unit training) {
        List<String> jars = slot.files().digests().keySet().stream()
                .map(name -> folder.resolve("lib").resolve(name).toString())
                .toList();
        return List.of(
                slot.java() + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:ArchiveClassesAtExit=" + archive,
                "-Dfelix.extensions.disable=true",
                "-cp",
                String.join(File.pathSeparator, jars),
                "io.sekimori.launcher.main.Main",
                "run",
                "--unit",
                training.directory().toString());
    }

    /** Runs the gateway until it is ready, and answers whether it was and stopped as it should. */
    private static boolean run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
        boolean ready = false;
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!ready && line.startsWith("sekimori: READY")) {
                    ready = true;
                    process.toHandle().destroy(); // that of the process would close its output, too
                }
            }
            return process.waitFor() == 0 && ready;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }
}
