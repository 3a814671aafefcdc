package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The jars of a release repository, under the names that TUF gives them: {@code dir/<sha256>.name} (6.2). Thread-safe. */
record ReleaseFiles(Path directory) implements TargetSource {

    @Override
    public boolean has(Release release) {
        return Files.isRegularFile(path(release));
    }

    @Override
    public InputStream open(Release release) throws IOException {
        return new VerifiedStream(
                Files.newInputStream(path(release)), release.path(), release.length(), release.sha256());
    }

    void put(Path jar, Release release) throws IOException {
        Path target = path(release);
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        Files.copy(jar, temporary, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        // The jar could have changed since it was measured.
        if (!Sha256.hex(temporary).equals(release.sha256())) {
            throw new TrustException(TrustCode.TARGET_HASH, jar + " changed while it was released");
        }
        DurableFile.moveInto(temporary, target);
    }

    private Path path(Release release) {
        Path plain = directory.resolve(release.path());
        return plain.resolveSibling(release.sha256() + "." + plain.getFileName());
    }
}
