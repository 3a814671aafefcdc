package io.sekimori.releases.repository;

import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An online key that signs quickly: a whole fleet's assignments are signed one by one, and the platform's own Ed25519 takes
 * seven times as long. Signatures are the same (RFC 8032, 5.1.6). Thread-safe. The key never leaves this object.
 */
final class OnlineKey implements Signer {

    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=\n]*)\n-----END PRIVATE KEY-----");

    // PKCS #8 of an Ed25519 key up to the key itself (RFC 8410, section 7).
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final TufKey publicKey;
    private final byte[] seed;
    private final byte[] publicBytes = new byte[Ed25519.PUBLIC_KEY_SIZE];

    private OnlineKey(TufKey publicKey, byte[] seed) {
        this.publicKey = publicKey;
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, publicBytes, 0);
    }

    /**
     * Reads a key file of any kind; only Ed25519 has a quicker way.
     *
     * @throws io.sekimori.trust.TrustException as {@link KeyFile#read} does, which judges the file
     */
    static Signer read(Path file) throws IOException {
        KeyFile key = KeyFile.read(file);
        return key.publicKey().scheme().equals(KeyType.ED25519.word()) ? quick(file, key.publicKey()) : key;
    }

    private static OnlineKey quick(Path file, TufKey publicKey) throws IOException {
        byte[] pem = Files.readAllBytes(file);
        try {
            Matcher section = PRIVATE.matcher(new String(pem, StandardCharsets.US_ASCII));
            byte[] pkcs8 = section.find() ? Base64.getMimeDecoder().decode(section.group(1)) : new byte[0];
            int at = PKCS8_PREFIX.length;
            if (pkcs8.length != at + Ed25519.SECRET_KEY_SIZE || !Arrays.equals(pkcs8, 0, at, PKCS8_PREFIX, 0, at)) {
                throw new IOException(file.getFileName() + " is no Ed25519 key of the usual form");
            }
            return new OnlineKey(publicKey, Arrays.copyOfRange(pkcs8, at, pkcs8.length));
        } finally {
            Arrays.fill(pem, (byte) 0);
        }
    }

    @Override
    public TufKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicBytes, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "[secret] " + publicKey.keyId();
    }
}
