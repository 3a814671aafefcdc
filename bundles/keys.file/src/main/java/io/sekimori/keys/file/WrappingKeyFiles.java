package io.sekimori.keys.file;

import io.sekimori.keys.KeyException;
import io.sekimori.keys.WrappingKeys;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Wrapping keys in the same folder as the others, a file each. Reads a key for each use and keeps none, so that one
 * that was destroyed is refused at once. Needs no OSGi.
 *
 * <p>Thread-safe, also against another version of this class in the same process and against other processes.
 */
public final class WrappingKeyFiles {

    private static final String SUFFIX = ".wrapping";

    private final KeyFolder folder;
    private final SecureRandom random = new SecureRandom();

    /** @param folder where the keys lie: {@code data/io.sekimori.keys.file} of a unit; need not exist */
    public WrappingKeyFiles(Path folder) {
        this.folder = new KeyFolder(folder);
    }

    /** Whether there is a key of this name. */
    public boolean exists(String name) throws KeyException {
        return Files.exists(file(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Wraps {@code secret} with a key for a context. */
    public byte[] wrap(String name, byte[] secret, byte[] context) throws KeyException {
        if (secret.length == 0 || secret.length > WrappingKeys.MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("a secret has 1 to " + WrappingKeys.MAX_SECRET_BYTES + " bytes");
        }
        try (WrappingKey key = load(name)) {
            return key.wrap(random, secret, context);
        }
    }

    /** Unwraps what was wrapped with a key for a context. */
    public byte[] unwrap(String name, byte[] wrapped, byte[] context) throws KeyException {
        try (WrappingKey key = load(name)) {
            return key.unwrap(wrapped, context);
        }
    }

    /** Makes a key; never replaces one. */
    public void create(String name) throws KeyException {
        Path file = file(name);
        try (WrappingKey key = WrappingKey.generate(random)) {
            byte[] content = key.encode();
            try {
                folder.locked(removal -> {
                    removal.finish();
                    folder.create(file, content);
                });
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }
    }

    /** Destroys a key, also one that is damaged or that others may read. */
    public void destroy(String name) throws KeyException {
        Path file = file(name);
        folder.locked(removal -> {
            removal.finish();
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw KeyFolder.unknown(name);
            }
            removal.remove(file);
        });
    }

    private WrappingKey load(String name) throws KeyException {
        byte[] content = folder.read(file(name), name, WrappingKey.FILE_BYTES);
        try {
            return WrappingKey.parse(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private Path file(String name) throws KeyException {
        KeyFiles.requireName(name);
        return folder.path().resolve(name + SUFFIX);
    }
}
