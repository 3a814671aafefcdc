package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityException;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Makes the authority of a new console, without OSGi: a root that signs once and then lies apart, and an issuing CA whose
 * key is the console's {@value AuthorityFolder#ISSUING_KEY}. Stateless.
 */
public final class NewAuthority {

    /** The name that the issuing CA's key must have among the keys of the console's unit. */
    public static final String ISSUING_KEY = AuthorityFolder.ISSUING_KEY;

    static final Duration ISSUING = Duration.ofDays(10 * 365);

    private static final Duration ROOT = Duration.ofDays(25 * 365);
    private static final String UNIT = "authority";
    private static final int SHORT_ID = 8;

    private NewAuthority() {}

    /**
     * Makes the CA's certificates and what the broker reads: {@code key.pem}, {@code chain.pem}, {@code anchors.pem} and
     * {@code crl.pem} in {@link #brokerFolder}. The running console renews the broker's files.
     *
     * @param unit the console's unit directory
     * @param root not needed again until the issuing CA is replaced
     * @param issuing the unit's key {@link #ISSUING_KEY}
     * @param brokerNames DNS names and IP addresses under which gateways reach the broker; not empty
     * @return the root's certificate: gateways know the console by the hash of its key
     * @throws IOException if the files cannot be written, or there are some
     * @throws AuthorityException if a key cannot be used
     */
    public static X509Certificate make(
            Path unit, SigningKey root, SigningKey issuing, Collection<String> brokerNames, Clock clock)
            throws AuthorityException, IOException {
        Issuer self = new Issuer(Profile.subject("Sekimori console " + id(root), UNIT), root, clock);
        X509Certificate rootCertificate =
                self.issue(Profile.subject("Sekimori console " + id(root), UNIT), root.publicKey(), ROOT, Profile.ROOT);
        X509Certificate issuingCertificate =
                self.issue(issuingName(issuing.publicKey()), issuing.publicKey(), ISSUING, Profile.ISSUING);
        AuthorityFolder folder = AuthorityFolder.of(unit);
        folder.create(rootCertificate, issuingCertificate);
        Issuer issuer = Issuer.of(issuingCertificate, issuing, clock);
        BrokerFiles broker = new BrokerFiles(folder, clock);
        broker.renew(folder.issuers(), issuer, brokerNames);
        broker.revocations(issuer.list(BrokerFiles.LIST_VALID_FOR, list -> list));
        return rootCertificate;
    }

    /** Where the files for the broker lie. */
    public static Path brokerFolder(Path unit) {
        return AuthorityFolder.of(unit).broker();
    }

    /** What an issuing CA with this key is called. */
    static X500Name issuingName(PublicKey key) {
        return Profile.subject("Sekimori console issuing " + id(key), UNIT);
    }

    private static String id(SigningKey key) {
        return id(key.publicKey());
    }

    private static String id(PublicKey key) {
        return Sha256.hex(key.getEncoded()).substring(0, SHORT_ID);
    }
}
