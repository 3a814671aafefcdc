package io.sekimori.keys.file;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.PublicKeyFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keys in one folder, a file each. Needs no OSGi: the gateway and the factory make and use keys with this class.
 * Reads a key for each signature and keeps none, so a key that was destroyed, or whose file became readable for
 * others, is refused at once.
 *
 * <p>Thread-safe, also against another version of this class in the same process and against other processes.
 */
public final class KeyFiles {

    /** The most bytes that can be signed at once. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;

    static final String SUFFIX = ".key";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    private final KeyFolder folder;

    /** @param folder where the keys lie: {@code data/io.sekimori.keys.file} of a unit; need not exist */
    public KeyFiles(Path folder) {
        this(new KeyFolder(folder));
    }

    KeyFiles(Path folder, FileGuard guard, Duration patience) {
        this(new KeyFolder(folder, guard, patience));
    }

    private KeyFiles(KeyFolder folder) {
        this.folder = folder;
    }

    /** The names of the keys, sorted; empty if there is no folder. */
    public List<String> names() throws KeyException {
        if (!Files.exists(folder.path())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw KeyFolder.unreadable(e);
        }
    }

    /** The public half of a key, or empty if there is none of this name. */
    public Optional<PublicKeyFacts> publicKey(String name) throws KeyException {
        Path file = file(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (KeyMaterial key = load(name)) {
            return Optional.of(new PublicKeyFacts(name, key.algorithm(), EllipticCurve.publicKey(key)));
        }
    }

    /** Signs {@code message} with a key, as its algorithm says. */
    public byte[] sign(String name, byte[] message) throws KeyException {
        if (message.length > MAX_MESSAGE_BYTES) {
            throw new KeyException(KeyCode.MESSAGE_TOO_LARGE, message.length + " bytes", null);
        }
        try (KeyMaterial key = load(name)) {
            return EllipticCurve.sign(key, message);
        }
    }

    /** The private key for one handshake. Never leaves this package but into the Java runtime's TLS. */
    PrivateKey privateKey(String name) throws KeyException {
        try (KeyMaterial key = load(name)) {
            return EllipticCurve.privateKey(key);
        }
    }

    /** Makes a key; never replaces one. */
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm) throws KeyException {
        Path file = file(name);
        try (KeyMaterial key = EllipticCurve.generate(algorithm)) {
            byte[] content = KeyFileFormat.encode(key);
            try {
                folder.locked(removal -> {
                    removal.finish();
                    folder.create(file, content);
                });
            } finally {
                Arrays.fill(content, (byte) 0);
            }
            return new PublicKeyFacts(name, algorithm, EllipticCurve.publicKey(key));
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

    /** Finishes what a power cut interrupted: keys half destroyed or half made are gone for good afterwards. */
    public void tidy() throws KeyException {
        if (Files.exists(folder.path())) {
            folder.locked(KeyRemoval::finish);
        }
    }

    private KeyMaterial load(String name) throws KeyException {
        byte[] content = folder.read(file(name), name, KeyFileFormat.MAX_BYTES);
        try {
            return KeyFileFormat.parse(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    static void requireName(String name) throws KeyException {
        if (!NAME.matcher(name).matches()) {
            throw new KeyException(KeyCode.KEY_NAME_MALFORMED, "not a key name", null);
        }
    }

    private Path file(String name) throws KeyException {
        requireName(name);
        return folder.path().resolve(name + SUFFIX);
    }
}
