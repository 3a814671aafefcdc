package io.sekimori.delivery;

import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.util.Optional;

/** A source whose assignment came by another way than the rest. It is judged like any other. Thread-safe. */
final class PushedAssignment implements UpdateSource {

    private static final String ASSIGNMENT = "targets.json";

    private final byte[] assignment;
    private final UpdateSource rest;

    PushedAssignment(byte[] assignment, UpdateSource rest) {
        this.assignment = assignment.clone();
        this.rest = rest;
    }

    @Override
    public String name() {
        return rest.name();
    }

    @Override
    public Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException {
        return rest.releaseMetadata(file, maxBytes);
    }

    @Override
    public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
        return file.equals(ASSIGNMENT) ? Optional.of(assignment.clone()) : rest.directorMetadata(file, maxBytes);
    }

    @Override
    public SourceFile open(String sha256, long offset) throws IOException {
        return rest.open(sha256, offset);
    }
}
