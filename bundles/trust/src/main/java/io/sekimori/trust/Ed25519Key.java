package io.sekimori.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** An Ed25519 key that signs by the Java runtime. */
final class Ed25519Key implements SigningKey {

    private static final byte[] PAIR_CHECK = "a key and its other half".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey privateKey;
    private final byte[] rawPublicKey;
    private final TufKey publicKey;

    private Ed25519Key(PrivateKey privateKey, byte[] rawPublicKey) {
        this.privateKey = privateKey;
        this.rawPublicKey = rawPublicKey.clone();
        this.publicKey = TufKey.ed25519(rawPublicKey);
    }

    static Ed25519Key generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            return new Ed25519Key(pair.getPrivate(), Ed25519.raw(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 and later have Ed25519", e);
        }
    }

    static Ed25519Key of(byte[] pkcs8, byte[] rawPublicKey) throws GeneralSecurityException {
        if (rawPublicKey.length != Ed25519.PUBLIC_KEY_BYTES) {
            throw new InvalidKeyException("no public key of Ed25519");
        }
        Ed25519Key key = new Ed25519Key(
                KeyFactory.getInstance(Ed25519.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                rawPublicKey);
        if (!key.publicKey.verifies(PAIR_CHECK, key.signed(PAIR_CHECK))) {
            throw new InvalidKeyException("the public key is not that of the private key");
        }
        return key;
    }

    @Override
    public KeyType type() {
        return KeyType.ED25519;
    }

    @Override
    public TufKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] rawPublicKey() {
        return rawPublicKey.clone();
    }

    @Override
    public byte[] pkcs8() {
        return privateKey.getEncoded();
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        try {
            return signed(message);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key " + publicKey.keyId() + " cannot sign", e);
        }
    }

    private byte[] signed(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(Ed25519.ALGORITHM);
        signature.initSign(privateKey);
        signature.update(message);
        return signature.sign();
    }
}
