package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a {@link Pack}: the same calls give the same bytes, at any time and in any zone. Jars are stored, since they
 * are compressed already. Confined to one thread; close it to finish the file.
 */
public final class PackWriter implements AutoCloseable {

    // A local date is written the same in every zone, except the very first day of zip time, which gets a time stamp
    // of the zone beside it.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);
    private static final int BUFFER_BYTES = 1 << 16;

    private final ZipOutputStream zip;

    /** Writes to {@code out}, which {@link #close()} closes. */
    public PackWriter(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Adds metadata of the release repository, named as the repository names it. */
    public void release(String name, byte[] bytes) throws IOException {
        metadata("release/" + name, bytes);
    }

    /** Adds metadata of the director, named as the director names it. */
    public void director(String name, byte[] bytes) throws IOException {
        metadata("director/" + name, bytes);
    }

    /**
     * Adds the file of {@code release}; read twice, once for the checksum that a stored entry starts with.
     *
     * @throws TrustException if the source's file is not the one that was released
     */
    public void target(Release release, TargetSource source) throws IOException {
        ZipEntry entry = entry("targets/" + release.sha256());
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(release.length());
        entry.setCompressedSize(release.length());
        entry.setCrc(crc(release, source));
        zip.putNextEntry(entry);
        try (InputStream in = source.open(release)) {
            in.transferTo(zip);
        }
        zip.closeEntry();
    }

    /**
     * Adds all that a device needs for its newest assignment, whatever it has already.
     *
     * @throws TrustException if nothing is assigned, or a release is unknown to the repository or damaged in it
     */
    public void assignment(ReleaseRepository releases, DirectorRepository director, String device) throws IOException {
        for (Map.Entry<String, byte[]> file : releases.files().entrySet()) {
            release(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, byte[]> file : director.files(device).entrySet()) {
            director(file.getKey(), file.getValue());
        }
        Set<String> written = new HashSet<>();
        for (Release release : releases.assigned(director.current(device).orElseThrow())) {
            if (written.add(release.sha256())) {
                target(release, releases.targets());
            }
        }
    }

    /** Ends the file without closing what it was written to; nothing is added afterwards. */
    public void finish() throws IOException {
        zip.finish();
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private void metadata(String name, byte[] bytes) throws IOException {
        zip.putNextEntry(entry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        return entry;
    }

    private static long crc(Release release, TargetSource source) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = source.open(release)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
            }
        }
        return crc.getValue();
    }
}
