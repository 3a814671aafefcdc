package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The generations on a unit's disk. One is written whole beside the others and renamed, so that a number either names
 * a complete generation or none.
 *
 * <p>Thread-safe for readers; one writer at a time.
 *
 * @param unit the unit
 */
public record Generations(Unit unit) {

    /** The longest manifest that is read: 4 MiB. */
    public static final int MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final String STAGING = ".staging";

    /** The numbers that are there, ascending. */
    public List<Integer> numbers() throws IOException {
        if (!Files.isDirectory(unit.generations())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(unit.generations())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> NUMBER.matcher(name).matches())
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
        }
    }

    /** Reads the manifest, and verifies nothing; empty if there is none of that number. */
    public Optional<Generation> read(int number) throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.generationFile(number), MAX_MANIFEST_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Generation.parse(bytes.get()));
    }

    /**
     * Writes manifest, slot line and evidence; when it returns they are on the disk.
     *
     * @throws FileAlreadyExistsException if there is a generation of that number
     */
    public void write(Generation generation, Evidence evidence) throws IOException {
        Path target = unit.generation(generation.number());
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Path staging = unit.generations().resolve(STAGING);
        remove(staging);
        Files.createDirectories(staging.resolve("evidence"));
        DurableFile.create(staging.resolve("generation.json"), generation.bytes());
        DurableFile.create(staging.resolve("slot"), (generation.slot() + "\n").getBytes(StandardCharsets.US_ASCII));
        evidence.write(staging.resolve("evidence"));
        DurableFile.syncDirectory(staging);
        DurableFile.moveInto(staging, target);
    }

    /** Removes a generation, and what an interrupted {@link #write} or removal left; fine if there is none. */
    public void remove(int number) throws IOException {
        Path staging = unit.generations().resolve(STAGING);
        remove(staging);
        Path folder = unit.generation(number);
        if (Files.exists(folder)) {
            // Renamed first: half of a removed generation must not look like one.
            DurableFile.moveInto(folder, staging);
            remove(staging);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
