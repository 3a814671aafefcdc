package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What a console asks the root's keeper for: a certificate of its next issuing key, and that those before are revoked. A PKCS#10 request
 * (RFC 2986) and the console's {@code ca.pem}, as text. Nothing in it is secret, and nothing of it is believed but what the root signed.
 */
public final class IssuingRequest {

    /** The longest request, and the longest answer. */
    public static final int MAX_BYTES = Issuers.MAX_BYTES;

    private final PublicKey key;
    private final Issuers before;

    private IssuingRequest(PublicKey key, Issuers before) {
        this.key = key;
        this.before = before;
    }

    static byte[] of(SigningKey next, Issuers now) throws IOException, AuthorityException {
        try {
            byte[] request = new PKCS10CertificationRequestBuilder(
                            NewAuthority.issuingName(next.publicKey()),
                            SubjectPublicKeyInfo.getInstance(next.publicKey().getEncoded()))
                    .build(new KeySigner(next))
                    .getEncoded();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(Pem.of("CERTIFICATE REQUEST", request));
            out.writeBytes(now.bytes());
            return out.toByteArray();
        } catch (RuntimeOperatorException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a request.
     *
     * @throws AuthorityException {@link AuthorityCode#ISSUER_REQUEST} if it is none, is not signed with its own key, or asks for one
     *     that was certified before
     */
    public static IssuingRequest parse(byte[] text) throws AuthorityException {
        try {
            List<byte[]> requests = text.length > MAX_BYTES ? List.of() : Pem.blocks(text, "CERTIFICATE REQUEST");
            if (requests.size() != 1) {
                throw new IOException("not one request");
            }
            PublicKey key = CertificateRequest.parse(Base64.getEncoder().encode(requests.get(0)))
                    .key();
            return new IssuingRequest(key, Issuers.parse(text));
        } catch (EnrolRefused | IOException | GeneralSecurityException | RuntimeException e) { // a parser of others
            throw malformed(String.valueOf(e.getMessage()), e);
        }
    }

    /** SHA-256 of the key's public half, hex: what the console said when it made it. */
    public String fingerprint() {
        return NextIssuer.fingerprint(key);
    }

    /**
     * Certifies the key and revokes every issuing CA before it. The same request gives the same answer again.
     *
     * @param root the root's key
     * @param kept what was answered last; empty if nothing was. What it revoked stays revoked, whatever the request says
     * @return what the console imports, and what is kept as {@code kept} before anybody gets it
     * @throws AuthorityException {@link AuthorityCode#ISSUER_REQUEST} if the request is for another root, or for a key that was certified
     *     before
     */
    public byte[] sign(SigningKey root, Optional<byte[]> kept, Clock clock) throws AuthorityException, IOException {
        require(before.root().getPublicKey().equals(root.publicKey()), "it is for a console of another root");
        List<X509Certificate> former = new ArrayList<>(before.former());
        BigInteger number = before.number();
        add(before.issuing(), former);
        if (kept.isPresent()) {
            Issuers last = last(kept.get());
            if (last.issuing().getPublicKey().equals(key)) {
                return kept.get();
            }
            last.former().forEach(each -> add(each, former));
            add(last.issuing(), former);
            number = number.max(last.number());
        }
        require(former.stream().noneMatch(each -> each.getPublicKey().equals(key)), "it is for a key of before");
        number = number.add(BigInteger.ONE).max(BigInteger.valueOf(clock.millis()));
        return signed(root, former, number, clock).bytes();
    }

    private Issuers signed(SigningKey root, List<X509Certificate> former, BigInteger number, Clock clock)
            throws AuthorityException, IOException {
        Instant now = clock.instant();
        Issuer issuer = Issuer.of(before.root(), root, clock);
        Duration left = Duration.between(now, before.root().getNotAfter().toInstant());
        Duration validFor = left.compareTo(NewAuthority.ISSUING) < 0 ? left : NewAuthority.ISSUING;
        X509Certificate issuing = issuer.issue(NewAuthority.issuingName(key), key, validFor, Profile.ISSUING);
        byte[] list = issuer.list(left, number, entries -> {
                    former.forEach(each ->
                            entries.addCRLEntry(each.getSerialNumber(), Date.from(now), CRLReason.keyCompromise));
                    return entries;
                })
                .getEncoded();
        try {
            X509CRL revoked =
                    (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list));
            // Read as the console reads it, so that nothing is signed that it would not take.
            return Issuers.parse(new Issuers(issuing, before.root(), former, Optional.of(revoked)).bytes());
        } catch (GeneralSecurityException e) {
            throw malformed(String.valueOf(e.getMessage()), e);
        }
    }

    private Issuers last(byte[] kept) throws AuthorityException, IOException {
        try {
            Issuers last = Issuers.parse(kept);
            require(last.root().getPublicKey().equals(before.root().getPublicKey()), "what is kept is of another root");
            return last;
        } catch (GeneralSecurityException e) {
            throw malformed("what is kept: " + e.getMessage(), e);
        }
    }

    private static void add(X509Certificate each, List<X509Certificate> former) {
        if (!former.contains(each)) {
            former.add(each);
        }
    }

    private static void require(boolean holds, String otherwise) throws AuthorityException {
        if (!holds) {
            throw malformed(otherwise, null);
        }
    }

    private static AuthorityException malformed(String detail, @Nullable Throwable cause) {
        return new AuthorityException(AuthorityCode.ISSUER_REQUEST, detail, cause);
    }
}
