package io.sekimori.releases.repository;

import io.sekimori.generation.Store;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Takes files in and lets unused ones go. Thread-safe. */
final class IncomingFiles {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Place place;

    IncomingFiles(Place place) {
        this.place = place;
    }

    /** Takes a file in if it has that digest; durable on return. */
    ImportAnswer take(String sha256, InputStream bytes) throws IOException {
        if (!Sha256.isHex(sha256)) {
            return refused(ReleasesCode.FILE_DIGEST, "a digest is 64 lower-case hex digits");
        }
        if (isRight(sha256)) {
            return new ImportAnswer.Taken(false);
        }
        Files.createDirectories(place.incoming());
        Path temporary = Files.createTempFile(place.incoming(), "file-", "");
        try {
            long length = copy(bytes, temporary, sha256);
            if (length > Release.MAX_LENGTH) {
                return refused(ReleasesCode.TOO_LONG, "a file has at most " + Release.MAX_LENGTH + " bytes");
            }
            return length > 0 && place.store().adopt(temporary, sha256, length) instanceof Store.Put.Stored
                    ? new ImportAnswer.Taken(true)
                    : refused(ReleasesCode.FILE_DIGEST, "the bytes do not have the digest " + sha256);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Refuses unless every file is here with the bytes that were signed. */
    void demand(List<Release> releases) throws IOException, RefusedException {
        for (Release release : releases) {
            if (!(place.store().check(release.sha256(), release.length()) instanceof Store.Check.Right)) {
                throw new RefusedException(
                        ReleasesCode.FILE_MISSING, release.path() + " with SHA-256 " + release.sha256());
            }
        }
    }

    /** Removes what no published release names and was brought before then. */
    void tidy(Set<String> published, Instant before) throws IOException {
        for (Path folder : List.of(place.store().directory(), place.incoming())) {
            if (!Files.isDirectory(folder)) {
                continue;
            }
            List<Path> files;
            try (Stream<Path> all = Files.list(folder)) {
                files = all.toList();
            }
            for (Path file : files) {
                if (!published.contains(file.getFileName().toString())
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private boolean isRight(String sha256) throws IOException {
        Path file = place.store().path(sha256);
        return Files.isRegularFile(file) && Sha256.hex(file).equals(sha256);
    }

    /** How many bytes there were; one more than allowed if there were more, 0 if they have another digest. */
    private static long copy(InputStream in, Path to, String sha256) throws IOException {
        MessageDigest digest = Sha256.digest();
        long length = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (RandomAccessFile file = new RandomAccessFile(to.toFile(), "rw")) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                length += n;
                if (length > Release.MAX_LENGTH) {
                    return Release.MAX_LENGTH + 1;
                }
                file.write(buffer, 0, n);
                digest.update(buffer, 0, n);
            }
            file.getFD().sync();
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256) ? length : 0;
    }

    private static ImportAnswer refused(ReleasesCode code, String detail) {
        return new ImportAnswer.Refused(code.name(), detail);
    }
}
