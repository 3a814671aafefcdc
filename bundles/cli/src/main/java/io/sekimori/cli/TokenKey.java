package io.sekimori.cli;

import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A signing key that was made in a token and stays there: a smart card, a hardware module, whatever speaks PKCS #11
 * (OASIS, 3.0). The curve is P-256, since Java's provider lets a token make neither Ed25519 nor ML-DSA. Confined to one
 * thread.
 */
final class TokenKey implements Signer {

    private static final String ALGORITHM = "SHA256withECDSA";
    /** What RFC 5280 (4.1.2.5) has for a certificate without an end. */
    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private final Token token;
    private final PrivateKey key;
    private final TufKey open;

    private TokenKey(Token token, PrivateKey key, TufKey open) {
        this.token = token;
        this.key = key;
        this.open = open;
    }

    /**
     * Has the token make a key that it never hands out.
     *
     * @param alias under which it lies in the token
     * @param pin   the caller's to wipe
     * @throws Failure {@code TOKEN_UNAVAILABLE}, {@code TOKEN_PIN}, or {@code TOKEN_KEY_EXISTS} if there is one of that name
     */
    static TokenKey create(Token token, String alias, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            if (keys.containsAlias(alias)) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_EXISTS", alias, token.slot());
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", token.provider());
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Certificate label = label(token, pair);
            keys.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {label});
            return new TokenKey(
                    token, pair.getPrivate(), TufKey.ecdsaP256(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw unavailable(token, e);
        }
    }

    /**
     * Opens a key that was made before.
     *
     * @param expected what it must be: a token may have been exchanged
     * @param pin      the caller's to wipe
     * @throws Failure {@code TOKEN_UNAVAILABLE}, {@code TOKEN_PIN}, or {@code TOKEN_KEY_MISSING} if this token does not have it
     */
    static TokenKey open(Token token, String alias, TufKey expected, char[] pin) throws Failure {
        KeyStore keys = token.open(pin);
        try {
            Certificate label = keys.getCertificate(alias);
            if (label == null
                    || !TufKey.ecdsaP256(label.getPublicKey().getEncoded()).equals(expected)
                    || !(keys.getKey(alias, null) instanceof PrivateKey key)) {
                throw new Failure(ExitCode.REFUSED, "TOKEN_KEY_MISSING", alias, token.slot());
            }
            return new TokenKey(token, key, expected);
        } catch (GeneralSecurityException e) {
            throw unavailable(token, e);
        }
    }

    @Override
    public TufKey publicKey() {
        return open;
    }

    @Override
    public byte[] sign(byte[] message) throws IOException {
        return sign(token, key, message);
    }

    private static byte[] sign(Token token, PrivateKey key, byte[] message) throws IOException {
        try {
            Signature signature = Signature.getInstance(ALGORITHM, token.provider());
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IOException("the token did not sign: " + e.getMessage(), e);
        }
    }

    // Java does not see a key in a token that has no certificate. Nobody believes this one anything.
    private static Certificate label(Token token, KeyPair pair)
            throws GeneralSecurityException, OperatorCreationException {
        X500Name name = new X500Name("CN=sekimori key");
        X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, Date.from(Instant.EPOCH), Date.from(NEVER), name, pair.getPublic())
                .build(new JcaContentSignerBuilder(ALGORITHM)
                        .setProvider(token.provider())
                        .build(pair.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }

    private static Failure unavailable(Token token, Exception cause) {
        return new Failure(ExitCode.FAILED, "TOKEN_UNAVAILABLE", token.module(), token.slot(), cause.getMessage())
                .because(cause);
    }
}
