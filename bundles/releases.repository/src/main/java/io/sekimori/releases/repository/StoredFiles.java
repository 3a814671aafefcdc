package io.sekimori.releases.repository;

import io.sekimori.generation.Store;
import io.sekimori.trust.Release;
import io.sekimori.trust.TargetSource;
import io.sekimori.trust.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/** The console's files, as a source of releases; each is checked while it is read. Thread-safe. */
record StoredFiles(Store store) implements TargetSource {

    @Override
    public boolean has(Release release) {
        return Files.isRegularFile(store.path(release.sha256()));
    }

    @Override
    public InputStream open(Release release) throws IOException {
        return new VerifiedStream(
                Files.newInputStream(store.path(release.sha256())), release.path(), release.length(), release.sha256());
    }
}
