package io.sekimori.update.engine.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** Which files and folders this process syncs while it is open, as the Java runtime itself records them. */
public final class Syncs implements AutoCloseable {

    private static final String EVENT = "jdk.FileForce";

    private final Recording recording = new Recording();

    public Syncs() {
        recording.enable(EVENT).withoutThreshold();
        recording.start();
    }

    /** What was synced since it was opened. */
    public Set<Path> made() throws IOException {
        Path file = Files.createTempFile("syncs", ".jfr");
        try {
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .map(event -> Path.of(event.getString("path")))
                    .collect(Collectors.toSet());
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        recording.close();
    }
}
