package io.sekimori.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key in a file: PEM with the private key as PKCS#8 and, below it, the public one. Only the owner may read it; a file
 * that others may read is refused. It is not encrypted, so the file is as safe as the disk it lies on.
 *
 * <p>Thread-safe. The private key never leaves this object.
 */
public final class KeyFile implements Signer {

    private static final int MAX_BYTES = 4_096;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final SigningKey key;

    private KeyFile(SigningKey key) {
        this.key = key;
    }

    /** Makes a new Ed25519 key, see {@link #create(Path, KeyType)}. */
    public static KeyFile create(Path file) throws IOException {
        return create(file, KeyType.ED25519);
    }

    /**
     * Makes a new key and writes it to {@code file}, readable and writable by its owner alone.
     *
     * @throws TrustException {@link PublishCode#KEY_FILE_EXISTS} rather than overwrite a key
     */
    public static KeyFile create(Path file, KeyType type) throws IOException {
        SigningKey key = SigningKey.generate(type, new SecureRandom());
        byte[] pem = (privatePem(key.pkcs8()) + PublicKeyPem.pem(type.spki(key.rawPublicKey())))
                .getBytes(StandardCharsets.US_ASCII);
        try (var channel = Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                PosixFilePermissions.asFileAttribute(OWNER))) {
            ByteBuffer rest = ByteBuffer.wrap(pem);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (FileAlreadyExistsException e) {
            throw new TrustException(PublishCode.KEY_FILE_EXISTS, file + " exists", e);
        }
        DurableFile.syncDirectory(file.toAbsolutePath().getParent());
        return new KeyFile(key);
    }

    /**
     * Reads a key.
     *
     * @throws TrustException if others may read the file, or if it holds no key pair of a known type
     */
    public static KeyFile read(Path file) throws IOException {
        if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new TrustException(PublishCode.KEY_FILE_EXPOSED, file + " can be read by others than its owner");
        }
        try (var in = Files.newInputStream(file)) {
            return parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // No cause: its message could quote the key.
            throw new TrustException(
                    PublishCode.KEY_FILE_MALFORMED, file + " holds no key pair of Ed25519 or ML-DSA-65");
        }
    }

    @Override
    public TufKey publicKey() {
        return key.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        return key.sign(message);
    }

    private static KeyFile parse(String pem) throws GeneralSecurityException {
        byte[] spki = section(pem, "PUBLIC KEY");
        for (KeyType type : KeyType.values()) {
            Optional<byte[]> open = type.raw(spki);
            if (open.isPresent()) {
                return new KeyFile(SigningKey.of(type, section(pem, "PRIVATE KEY"), open.get()));
            }
        }
        throw new IllegalArgumentException("no public key of a known type");
    }

    private static String privatePem(byte[] pkcs8) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8);
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    private static byte[] section(String pem, String label) {
        Matcher section = Pattern.compile(
                        "-----BEGIN " + label + "-----\n([A-Za-z0-9+/=\n]*)\n-----END " + label + "-----")
                .matcher(pem);
        if (!section.find()) {
            throw new IllegalArgumentException("no " + label);
        }
        return Base64.getMimeDecoder().decode(section.group(1));
    }
}
