package io.sekimori.trust;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * An update in one file, as it travels on a stick: {@code release/*.json}, {@code director/*.json} with approvals, and
 * {@code targets/<sha256>}. Opening it bounds what it can cost and vouches for nothing; that is
 * {@link UpdateVerifier}'s work.
 *
 * <p>Thread-safe until closed.
 */
public final class Pack implements AutoCloseable {

    private static final Pattern METADATA = Pattern.compile("(release/" + RoleName.PUBLISHED_FILE
            + ")|release/permits\\.json|(director/" + RoleName.TOP_LEVEL_FILE + ")|director/approvals\\.json");
    private static final Pattern TARGET = Pattern.compile("targets/[0-9a-f]{64}");

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private Pack(ZipFile zip, Map<String, ZipEntry> entries) {
        this.zip = zip;
        this.entries = entries;
    }

    /**
     * Opens a pack.
     *
     * @throws TrustException with a {@code PACK_} code if it is not an acceptable pack
     * @throws IOException    if it cannot be read
     */
    public static Pack open(Path file) throws IOException {
        ZipBounds.check(file);
        ZipFile zip = zipFile(file);
        try {
            return new Pack(zip, entries(zip));
        } catch (TrustException e) {
            zip.close();
            throw e;
        }
    }

    /** The metadata of the release repository. */
    public MetadataSource releases() {
        return (name, maxBytes) -> metadata("release/" + name, maxBytes);
    }

    /** The metadata of the director. */
    public MetadataSource director() {
        return (name, maxBytes) -> metadata("director/" + name, maxBytes);
    }

    /** The files. */
    public TargetSource targets() {
        return new TargetSource() {
            @Override
            public boolean has(Release release) {
                return entries.containsKey("targets/" + release.sha256());
            }

            @Override
            public InputStream open(Release release) throws IOException {
                ZipEntry entry = entries.get("targets/" + release.sha256());
                if (entry == null) {
                    throw new NoSuchFileException(release.path(), null, "not in the pack");
                }
                return new VerifiedStream(read(entry), release.path(), release.length(), release.sha256());
            }
        };
    }

    /**
     * A file, whatever its bytes are: for readers that check length and hash themselves.
     *
     * @param sha256 its name
     * @throws NoSuchFileException if it is not in the pack
     */
    public InputStream file(String sha256) throws IOException {
        ZipEntry entry = entries.get("targets/" + sha256);
        if (entry == null) {
            throw new NoSuchFileException(sha256, null, "not in the pack");
        }
        return read(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private Optional<byte[]> metadata(String name, int maxBytes) throws IOException {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return Optional.empty();
        }
        // The size that the directory claims is not believed: reading stops by itself.
        try (InputStream in = read(entry)) {
            return Optional.of(in.readNBytes(maxBytes + 1));
        }
    }

    private InputStream read(ZipEntry entry) throws IOException {
        try {
            return new PackEntryStream(zip.getInputStream(entry), entry.getName());
        } catch (ZipException | EOFException e) {
            throw PackEntryStream.damaged(entry.getName(), e);
        }
    }

    private static ZipFile zipFile(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException | EOFException e) {
            throw PackEntryStream.damaged("its directory", e);
        }
    }

    private static Map<String, ZipEntry> entries(ZipFile zip) throws TrustException {
        Map<String, ZipEntry> entries = new HashMap<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String name = entry.getName();
            if (!METADATA.matcher(name).matches() && !TARGET.matcher(name).matches()) {
                throw new TrustException(TrustCode.PACK_NAME, "entry " + name);
            }
            // Jars are stored, so that nothing but their own bytes can go wrong while they are read.
            if (name.startsWith("targets/") && entry.getMethod() != ZipEntry.STORED) {
                throw new TrustException(TrustCode.PACK_MALFORMED, "entry " + name + " is compressed");
            }
            if (entries.put(name, entry) != null) {
                throw new TrustException(TrustCode.PACK_DUPLICATE, "entry " + name + " is there twice");
            }
        }
        return entries;
    }
}
