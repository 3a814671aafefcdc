package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.cert.X509CRLHolder;

/**
 * Key, certificates and revocation list of the broker, which is a process of its own and so cannot use the console's
 * keys: {@code key.pem} (0600), {@code chain.pem}, {@code anchors.pem}, {@code crl.pem}, and {@code known.txt}
 * once an issuing CA was replaced. The broker takes changed files
 * when they fit together, so they need not change at once. Confined to one thread at a time.
 */
final class BrokerFiles {

    /** How long the broker may go on without hearing of revocations. */
    static final Duration LIST_VALID_FOR = Duration.ofDays(30);

    private static final String KNOWN = "known.txt";
    private static final Duration VALID_FOR = Duration.ofDays(397);
    private static final Duration RENEW_BEFORE = Duration.ofDays(60);

    private final AuthorityFolder folder;
    private final Clock clock;

    BrokerFiles(AuthorityFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Whether the certificate is missing, ends soon, is for other names, or of another issuing CA. */
    boolean needsRenewal(Collection<String> names, Issuers issuers) {
        Path chain = folder.broker().resolve("chain.pem");
        try {
            if (!Files.exists(chain)) {
                return true;
            }
            List<X509Certificate> now = Pem.read(chain);
            return now.size() < 2
                    || !now.get(1).equals(issuers.issuing())
                    || !Names.of(now.get(0)).containsAll(names)
                    || now.get(0)
                            .getNotAfter()
                            .toInstant()
                            .isBefore(clock.instant().plus(RENEW_BEFORE));
        } catch (IOException e) {
            return true;
        }
    }

    /** Makes a new key and its certificate. */
    void renew(Issuers issuers, Issuer issuer, Collection<String> names) throws AuthorityException, IOException {
        List<X509Certificate> ca = List.of(issuers.issuing(), issuers.root());
        KeyPair pair = pair();
        X509Certificate certificate =
                issuer.issue(Profile.subject("broker", "broker"), pair.getPublic(), VALID_FOR, Profile.server(names));
        Path broker = folder.broker();
        DurableFile.makeDirectory(broker);
        DurableFile.replace(broker.resolve("anchors.pem"), Pem.of(ca));
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] key = Pem.of("PRIVATE KEY", pkcs8);
        try {
            DurableFile.replace(broker.resolve("key.pem"), key);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
        // The root goes along, so that a client which knows its key alone can tell.
        DurableFile.replace(broker.resolve("chain.pem"), Pem.of(List.of(certificate, ca.get(0), ca.get(1))));
    }

    /** Whom the broker lets in of those that a former issuing CA certified: the SHA-256 of each, and nobody else's. */
    void known(Collection<String> fingerprints) throws IOException {
        Path file = folder.broker().resolve(KNOWN);
        if (!fingerprints.isEmpty() || Files.exists(file)) {
            DurableFile.makeDirectory(folder.broker());
            String lines = fingerprints.stream().map(each -> each + "\n").collect(Collectors.joining());
            DurableFile.replace(file, lines.getBytes(StandardCharsets.US_ASCII));
        }
    }

    void revocations(X509CRLHolder list) throws IOException {
        DurableFile.makeDirectory(folder.broker());
        DurableFile.replace(folder.broker().resolve("crl.pem"), Pem.of("X509 CRL", list.getEncoded()));
    }

    private static KeyPair pair() throws AuthorityException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_KEY_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
