package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Trusted metadata in a directory, each file replaced in one step. */
record TrustedDirectory(Path directory) implements TrustedFiles {

    @Override
    public Optional<byte[]> load(String name, int maxBytes) throws IOException {
        return DurableFile.read(directory.resolve(name), maxBytes);
    }

    @Override
    public void save(String name, byte[] bytes) throws IOException {
        Files.createDirectories(directory);
        DurableFile.write(directory.resolve(name), bytes);
    }

    @Override
    public void delete(String name) throws IOException {
        DurableFile.delete(directory.resolve(name));
    }
}
