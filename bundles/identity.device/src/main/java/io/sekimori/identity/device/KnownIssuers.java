package io.sekimori.identity.device;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.FileStamp;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which issuing CAs of the console its root has revoked, and which count instead: {@code issuers.json}. Once heard it is never forgotten,
 * since whoever has a revoked key would like that. Of another root than the one asked for, nothing is known. Thread-safe; who takes
 * something new holds the folder's lock.
 */
final class KnownIssuers {

    private static final long FORMAT = 1;
    private static final int MAX_BYTES = 512 << 10;

    private final Path file;
    private volatile @Nullable Read last;

    private record Read(String stamp, X509Certificate root, RootList list, List<X509Certificate> issuers) {}

    KnownIssuers(Path file) {
        this.file = file;
    }

    /** Whom the other side must lead to: the console's CA, or of its issuing CAs those that count, once one was revoked. */
    List<X509Certificate> anchors(Enrolled who) throws IdentityException {
        return of(root(who)).map(Read::issuers).orElse(who.anchors());
    }

    /** Whether a chain leads over an issuing CA that the root of {@code who} has revoked. */
    boolean refuses(List<X509Certificate> chain, Enrolled who) throws IdentityException {
        return of(root(who))
                .filter(known -> chain.stream().anyMatch(known.list()::revokes))
                .isPresent();
    }

    /** The list among those sent that says more than is known, and leaves somebody to be trusted; empty if there is none. */
    Optional<RootList> news(List<X509Certificate> sent, Collection<X509CRL> lists, Enrolled who, Instant now)
            throws IdentityException {
        Optional<RootList> heard = RootList.newest(lists, root(who));
        if (heard.isEmpty() || heard.get().revoked().isEmpty()) {
            return Optional.empty();
        }
        Optional<RootList> before = of(root(who)).map(Read::list);
        boolean follows = before.isEmpty() || heard.get().follows(before.get());
        // Where nobody were left to be trusted, nobody could say otherwise ever after.
        return follows && !good(sent, heard.get(), root(who), now).isEmpty() ? heard : Optional.empty();
    }

    /** Keeps a list that was {@link #news}, durably: from now on what it revokes is refused. */
    void take(RootList list, List<X509Certificate> sent, Enrolled who, Instant now) throws IOException {
        List<String> issuers = new ArrayList<>();
        try {
            for (X509Certificate each : good(sent, list, root(who), now)) {
                issuers.add(base64(each.getEncoded()));
            }
            DurableFile.replace(
                    file,
                    JsonText.bytes(Map.of(
                            "format",
                            FORMAT,
                            "root",
                            base64(root(who).getEncoded()),
                            "list",
                            base64(list.crl().getEncoded()),
                            "issuers",
                            issuers)));
        } catch (GeneralSecurityException e) {
            throw new IOException("what was read has its bytes", e);
        }
    }

    /** Forgets what cannot be read: whoever enrols the gateway anew stands beside it, and it would be cut off for ever. */
    void dropUnreadable() throws IOException {
        if (Files.exists(file)) {
            try {
                parse("", Files.readAllBytes(file));
            } catch (MalformedJson | GeneralSecurityException | IllegalArgumentException e) {
                Files.deleteIfExists(file);
                DurableFile.syncDirectory(file.toAbsolutePath().getParent());
            }
        }
    }

    private static List<X509Certificate> good(
            List<X509Certificate> sent, RootList list, X509Certificate root, Instant now) {
        return sent.stream()
                .filter(each -> !each.equals(root) && isOf(root, each) && !list.revokes(each) && isValid(each, now))
                .toList();
    }

    private static boolean isOf(X509Certificate root, X509Certificate issuer) {
        try {
            issuer.verify(root.getPublicKey());
            return issuer.getBasicConstraints() >= 0
                    && issuer.getIssuerX500Principal().equals(root.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isValid(X509Certificate issuer, Instant now) {
        Date date = Date.from(now);
        return !date.before(issuer.getNotBefore()) && !date.after(issuer.getNotAfter());
    }

    private Optional<Read> of(X509Certificate root) throws IdentityException {
        Read before = last; // read once: another thread may set it
        try {
            String stamp = FileStamp.of(file);
            if (before == null || !before.stamp().equals(stamp)) {
                before = parse(stamp, Files.readAllBytes(file));
                last = before;
            }
            return before.root().getPublicKey().equals(root.getPublicKey()) ? Optional.of(before) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedJson | GeneralSecurityException | IllegalArgumentException e) {
            throw new IdentityException(
                    IdentityCode.IDENTITY_UNREADABLE, file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static Read parse(String stamp, byte[] utf8) throws MalformedJson, GeneralSecurityException {
        JsonObject json = JsonObject.parse(utf8, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        X509Certificate root = certificate(json.string("root"));
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(Base64.getDecoder().decode(json.string("list"))));
        RootList list = RootList.newest(Set.of(crl), root)
                .orElseThrow(() -> new GeneralSecurityException("the list is not signed by the root"));
        List<X509Certificate> issuers = new ArrayList<>();
        for (String each : json.strings("issuers")) {
            issuers.add(certificate(each));
        }
        if (issuers.isEmpty() || !issuers.stream().allMatch(each -> isOf(root, each) && !list.revokes(each))) {
            throw new GeneralSecurityException("an issuing CA is not the root's, or revoked");
        }
        return new Read(stamp, root, list, List.copyOf(issuers));
    }

    private static X509Certificate certificate(String base64) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    private static X509Certificate root(Enrolled who) {
        return who.anchors().get(0);
    }
}
