package io.sekimori.broker.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority with a root and an issuing key, as the console's is made. Thread-safe. */
public final class TestAuthority {

    private static final Duration LIFE = Duration.ofDays(1);

    private final AtomicLong serials = new AtomicLong(1);
    private final Holder root;
    private final Holder issuing;
    private final List<BigInteger> revoked = new ArrayList<>();

    /** A key and its certificate, and those between it and the root. */
    public record Holder(KeyPair keys, List<X509Certificate> chain) {

        /** Its own certificate. */
        public X509Certificate certificate() {
            return chain.get(0);
        }
    }

    /** A new authority; two of the same name do not trust each other. */
    public TestAuthority(String name) {
        KeyPair rootKeys = keys();
        this.root = new Holder(
                rootKeys,
                List.of(make(name + " root", "ca", rootKeys, null, Instant.now().plus(LIFE))));
        KeyPair keys = keys();
        X509Certificate certificate =
                make(name + " issuing", "ca", keys, root, Instant.now().plus(LIFE));
        this.issuing = new Holder(keys, List.of(certificate, root.certificate()));
    }

    private TestAuthority(Holder root, String name) {
        this.root = root;
        KeyPair keys = keys();
        X509Certificate certificate = make(name, "ca", keys, root, Instant.now().plus(LIFE));
        this.issuing = new Holder(keys, List.of(certificate, root.certificate()));
    }

    /** The same root with another issuing key. */
    public TestAuthority next() {
        return new TestAuthority(root, "next issuing");
    }

    /** What clients and servers trust. */
    public X509Certificate anchor() {
        return root.certificate();
    }

    /** A certificate for {@code CN=name, OU=unit} and 127.0.0.1. */
    public Holder issue(String name, String unit) {
        return issue(name, unit, Instant.now().plus(LIFE));
    }

    /** As above, valid until {@code end}. */
    public Holder issue(String name, String unit, Instant end) {
        KeyPair keys = keys();
        return new Holder(keys, List.of(make(name, unit, keys, issuing, end), issuing.certificate()));
    }

    /** A certificate for somebody else's key. */
    public X509Certificate certify(PublicKey key, String name, String unit) {
        return make(name, unit, new KeyPair(key, null), issuing, Instant.now().plus(LIFE));
    }

    /** The certificates of the root and of the issuing key. */
    public List<X509Certificate> certificates() {
        return List.of(root.certificate(), issuing.certificate());
    }

    /** Enters {@code holder} into the list that {@link #writeList} writes. */
    public void revoke(Holder holder) {
        revoked.add(holder.certificate().getSerialNumber());
    }

    /** Writes key (0600), chain and anchors of {@code holder} as a broker wants them. */
    public void write(Path folder, Holder holder) throws IOException {
        Files.deleteIfExists(folder.resolve("key.pem"));
        Files.createFile(
                folder.resolve("key.pem"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folder.resolve("key.pem"), pem(new JcaPKCS8Generator(holder.keys.getPrivate(), null)));
        Files.writeString(folder.resolve("chain.pem"), pem(holder.chain.toArray()));
        Files.writeString(folder.resolve("anchors.pem"), pem(issuing.certificate(), root.certificate()));
    }

    /** Writes the revocation list of the issuing key. */
    public void writeList(Path file) throws IOException {
        X509v2CRLBuilder list = new JcaX509v2CRLBuilder(issuing.certificate(), new Date());
        list.setNextUpdate(Date.from(Instant.now().plus(LIFE)));
        revoked.forEach(serial -> list.addCRLEntry(serial, new Date(), CRLReason.keyCompromise));
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(unfinished, pem(list.build(signer(issuing))));
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** TLS for a client that trusts this authority, and shows {@code holder} if there is one. */
    public SSLContext client(Holder... holder) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("root", anchor());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            for (Holder each : holder) {
                own.setKeyEntry("own", each.keys.getPrivate(), new char[0], each.chain.toArray(Certificate[]::new));
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(own, new char[0]);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate make(String name, String unit, KeyPair keys, @Nullable Holder by, Instant end) {
        X500Principal subject = new X500Principal("CN=" + name + ", OU=" + unit);
        Holder signing = by == null ? new Holder(keys, List.of()) : by;
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                by == null ? subject : by.certificate().getSubjectX500Principal(),
                BigInteger.valueOf(serials.getAndIncrement()),
                Date.from(Instant.now().minus(LIFE)),
                Date.from(end),
                subject,
                keys.getPublic());
        try {
            if (unit.equals("ca")) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            } else {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signing)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ContentSigner signer(Holder holder) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(holder.keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }
}
