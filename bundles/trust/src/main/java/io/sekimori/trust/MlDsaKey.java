package io.sekimori.trust;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * An ML-DSA-65 key (FIPS 204), kept as the seed that it was made of (RFC 9881, section 6: 32 bytes instead of 4,032). It
 * signs by BouncyCastle's code on every Java runtime, since those that have ML-DSA do not all read a seed; hedged, as
 * FIPS 204 recommends against faults.
 */
final class MlDsaKey implements SigningKey {

    private static final int SEED_BYTES = 32;

    // PKCS#8 up to the seed: id-ml-dsa-65, [0] IMPLICIT OCTET STRING (RFC 9881, section 6).
    private static final FixedDer PKCS8 = FixedDer.of("3034020100300b060960864801650304031204228020", SEED_BYTES);

    private final MLDSAPrivateKeyParameters privateKey;
    private final byte[] rawPublicKey;
    private final TufKey publicKey;
    private final SecureRandom random = new SecureRandom();

    private MlDsaKey(byte[] seed) {
        // It keeps the array that it is given, and callers here wipe theirs.
        privateKey = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed.clone());
        rawPublicKey = privateKey.getPublicKey();
        publicKey = TufKey.mlDsa65(rawPublicKey);
    }

    static MlDsaKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        try {
            return new MlDsaKey(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Reads the seed; the public half that it makes must be the one given. */
    static MlDsaKey of(byte[] pkcs8, byte[] rawPublicKey) throws GeneralSecurityException {
        byte[] seed =
                PKCS8.content(pkcs8).orElseThrow(() -> new InvalidKeySpecException("no seed of an ML-DSA-65 key"));
        try {
            MlDsaKey key = new MlDsaKey(seed);
            if (!Arrays.equals(key.rawPublicKey, rawPublicKey)) {
                throw new InvalidKeyException("the public key is not that of the private key");
            }
            return key;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.ML_DSA_65;
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
        byte[] seed = privateKey.getSeed();
        try {
            return PKCS8.encode(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        byte[] signed = MlDsa65.toSign(message);
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, new ParametersWithRandom(privateKey, random));
        signer.update(signed, 0, signed.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IOException("the key " + publicKey.keyId() + " cannot sign", e);
        }
    }
}
