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
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Ed25519 key in a file: PEM with the private key as PKCS#8 and, below it, the public one. Only the owner may read
 * it; a file that others may read is refused. It is not encrypted, so the file is as safe as the disk it lies on.
 *
 * <p>Thread-safe. The private key never leaves this object.
 */
public final class KeyFile implements Signer {

    private static final int MAX_BYTES = 4_096;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final byte[] PAIR_CHECK = "a key and its other half".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey privateKey;
    private final TufKey publicKey;

    private KeyFile(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = TufKey.ed25519(Ed25519.raw(publicKey));
    }

    /**
     * Makes a new key and writes it to {@code file}, readable and writable by its owner alone.
     *
     * @throws TrustException {@link PublishCode#KEY_FILE_EXISTS} rather than overwrite a key
     */
    public static KeyFile create(Path file) throws IOException {
        KeyPair pair = generate();
        byte[] pem = (pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                        + pem("PUBLIC KEY", pair.getPublic().getEncoded()))
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
        return new KeyFile(pair.getPrivate(), pair.getPublic());
    }

    /**
     * Reads a key.
     *
     * @throws TrustException if others may read the file, or if it holds no Ed25519 key pair
     */
    public static KeyFile read(Path file) throws IOException {
        if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
            throw new TrustException(PublishCode.KEY_FILE_EXPOSED, file + " can be read by others than its owner");
        }
        try (var in = Files.newInputStream(file)) {
            return parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // No cause: its message could quote the key.
            throw new TrustException(PublishCode.KEY_FILE_MALFORMED, file + " holds no Ed25519 key pair");
        }
    }

    @Override
    public TufKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        try {
            Signature signature = Signature.getInstance(Ed25519.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException("the key " + publicKey.keyId() + " cannot sign", e);
        }
    }

    private static KeyFile parse(String pem) throws GeneralSecurityException, IOException {
        KeyFactory factory = KeyFactory.getInstance(Ed25519.ALGORITHM);
        KeyFile key = new KeyFile(
                factory.generatePrivate(new PKCS8EncodedKeySpec(section(pem, "PRIVATE KEY"))),
                factory.generatePublic(new X509EncodedKeySpec(section(pem, "PUBLIC KEY"))));
        if (!key.publicKey.verifies(PAIR_CHECK, key.sign(PAIR_CHECK))) {
            throw new IllegalArgumentException("the public key is not that of the private key");
        }
        return key;
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(Ed25519.ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java 17 and later have Ed25519", e);
        }
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
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
