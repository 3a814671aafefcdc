package io.sekimori.update.engine;

import io.sekimori.trust.Pack;
import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.util.Optional;

/** A pack as a source like any other; its files begin at their beginning. */
record PackSource(Pack pack) implements UpdateSource, AutoCloseable {

    @Override
    public String name() {
        return "pack";
    }

    @Override
    public Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException {
        return pack.releases().fetch(file, maxBytes);
    }

    @Override
    public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
        return pack.director().fetch(file, maxBytes);
    }

    @Override
    public SourceFile open(String sha256, long offset) throws IOException {
        return new SourceFile(0, pack.file(sha256));
    }

    @Override
    public void close() throws IOException {
        pack.close();
    }
}
