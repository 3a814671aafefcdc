package io.sekimori.update.engine.lab;

import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a pack holds, as a server would offer it, whose connections break after so many bytes. Once a file was downloaded
 * it has what is called {@code NAME.then} under the name of a director's file, if there is such a thing.
 */
final class ZipSource implements UpdateSource {

    private final Path pack;
    private final long breaksAfter;
    private final Runnable opened;
    private volatile boolean downloaded;

    ZipSource(Path pack, long breaksAfter) {
        this(pack, breaksAfter, () -> {});
    }

    /** @param opened what happens when a file is asked for */
    ZipSource(Path pack, long breaksAfter, Runnable opened) {
        this.pack = pack;
        this.breaksAfter = breaksAfter;
        this.opened = opened;
    }

    @Override
    public String name() {
        return "https://console.example";
    }

    @Override
    public Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException {
        return read("release/" + file, maxBytes);
    }

    @Override
    public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
        Optional<byte[]> later = downloaded ? read("director/" + file + ".then", maxBytes) : Optional.empty();
        return later.isPresent() ? later : read("director/" + file, maxBytes);
    }

    @Override
    public SourceFile open(String sha256, long offset) throws IOException {
        opened.run();
        ZipFile zip = new ZipFile(pack.toFile());
        ZipEntry entry = zip.getEntry("targets/" + sha256);
        if (entry == null) {
            zip.close();
            throw new NoSuchFileException(sha256);
        }
        downloaded = true;
        InputStream in = zip.getInputStream(entry);
        in.skipNBytes(offset);
        return new SourceFile(offset, new Breaking(in, zip, breaksAfter));
    }

    /** A connection that breaks. */
    static final class Breaking extends FilterInputStream {

        private final ZipFile zip;
        private long left;

        Breaking(InputStream in, ZipFile zip, long breaksAfter) {
            super(in);
            this.zip = zip;
            this.left = breaksAfter;
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(buffer, from, (int) Math.min(most, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    private Optional<byte[]> read(String name, int maxBytes) throws IOException {
        try (ZipFile zip = new ZipFile(pack.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return Optional.of(in.readNBytes(maxBytes + 1));
            }
        }
    }
}
