package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.RuntimeOperatorException;

/**
 * One CA: its certificate and the key that signs for it. Makes certificates as {@link Profile} says, with serial numbers
 * of 128 random bits (RFC 5280 4.1.2.2). Thread-safe.
 */
final class Issuer {

    private static final int SERIAL_BITS = 128;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final X500Name name;
    private final SigningKey key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Issuer(X500Name name, SigningKey key, Clock clock) {
        this.name = name;
        this.key = key;
        this.clock = clock;
    }

    static Issuer of(X509Certificate certificate, SigningKey key, Clock clock) {
        return new Issuer(
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()), key, clock);
    }

    /** A certificate for {@code subject}; its own signature over it is the caller's matter. */
    X509Certificate issue(X500Name subject, PublicKey subjectKey, Duration validFor, Profile profile)
            throws AuthorityException {
        Instant now = clock.instant();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS), // never zero, and all of one length
                Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(now.plus(validFor)),
                subject,
                SubjectPublicKeyInfo.getInstance(subjectKey.getEncoded()));
        return made(() -> {
            profile.addTo(builder, subjectKey, key.publicKey());
            byte[] der = builder.build(new KeySigner(key)).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        });
    }

    /** Whether a recorded certificate is of this CA, by the name of its issuer. */
    boolean made(byte[] der) {
        try {
            return new X509CertificateHolder(der).getIssuer().equals(name);
        } catch (IOException e) {
            throw new IllegalStateException("what was recorded as a certificate is one", e);
        }
    }

    /** A revocation list that {@code entries} filled; its number grows with time, so that it needs no memory. */
    X509CRLHolder list(Duration validFor, Function<X509v2CRLBuilder, X509v2CRLBuilder> entries)
            throws AuthorityException {
        return list(validFor, BigInteger.valueOf(clock.instant().toEpochMilli()), entries);
    }

    /** One with this number. */
    X509CRLHolder list(Duration validFor, BigInteger number, Function<X509v2CRLBuilder, X509v2CRLBuilder> entries)
            throws AuthorityException {
        Instant now = clock.instant();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now.minus(CLOCKS_DIFFER)));
        builder.setNextUpdate(Date.from(now.plus(validFor)));
        return made(() -> {
            Profile.addToList(builder, key.publicKey(), number);
            return entries.apply(builder).build(new KeySigner(key));
        });
    }

    private interface Making<T> {
        T make() throws IOException, GeneralSecurityException;
    }

    private static <T> T made(Making<T> making) throws AuthorityException {
        try {
            return making.make();
        } catch (RuntimeOperatorException | IOException | GeneralSecurityException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
