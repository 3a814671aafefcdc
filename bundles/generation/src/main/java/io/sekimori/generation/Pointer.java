package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which generation of a unit is confirmed, and which is on trial. Each change is one durable rename: after a power cut
 * the file says what it said before or what was written, never half of it.
 *
 * <p>Thread-safe for readers; one writer at a time.
 *
 * @param unit the unit
 */
public record Pointer(Unit unit) {

    private static final int MAX_BYTES = 4 * 1024 * 1024;

    /** What is confirmed; empty on a unit without a pointer. */
    public Optional<Confirmed> confirmed() throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.confirmedFile(), MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Confirmed.parse(bytes.get()));
    }

    /** What is on trial; empty if nothing is. */
    public Optional<Trial> trial() throws IOException, MalformedJson {
        Optional<byte[]> bytes = DurableFile.read(unit.trialFile(), MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(Trial.parse(bytes.get()));
    }

    /** Commits: from the moment the rename is on the disk this generation is the unit's. */
    public void commit(Confirmed confirmed) throws IOException {
        write(unit.confirmedFile(), confirmed.bytes());
    }

    /** Records a trial, or one try less of it. */
    public void record(Trial trial) throws IOException {
        write(unit.trialFile(), trial.bytes());
    }

    /** Ends the trial, if there is one. */
    public void endTrial() throws IOException {
        DurableFile.delete(unit.trialFile());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        DurableFile.write(file, bytes);
    }
}
