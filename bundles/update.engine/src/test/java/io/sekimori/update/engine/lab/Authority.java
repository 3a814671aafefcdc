package io.sekimori.update.engine.lab;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertPath;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** A key with a certificate: it issues others, signs jars, or says when something was signed. */
public final class Authority {

    private static final String SIGNATURE = "SHA256withECDSA";

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private Authority(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
        this.certificate = chain.get(0);
    }

    /** One that nobody issued. */
    public static Authority root(String name) throws Exception {
        return make(name, Optional.empty(), Instant.now().plus(Duration.ofDays(1)), Optional.empty());
    }

    /** One that signs code, and this one vouches for it. */
    public Authority publisher(String name, Instant notAfter) throws Exception {
        return make(name, Optional.of(this), notAfter, Optional.of(KeyPurposeId.id_kp_codeSigning));
    }

    /** One that says when something was signed, and this one vouches for it. */
    public Authority clock(String name) throws Exception {
        return make(
                name,
                Optional.of(this),
                Instant.now().plus(Duration.ofDays(1)),
                Optional.of(KeyPurposeId.id_kp_timeStamping));
    }

    private static Authority make(String name, Optional<Authority> by, Instant notAfter, Optional<KeyPurposeId> purpose)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        X500Name subject = new X500Name("CN=" + name);
        X500Name issuer = by.isPresent()
                ? new X500Name(by.get().certificate.getSubjectX500Principal().getName())
                : subject;
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(Instant.now().minus(Duration.ofDays(30))),
                Date.from(notAfter),
                subject,
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose.isEmpty()));
        if (purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose.get()));
        }
        PrivateKey signer = by.isPresent() ? by.get().key : pair.getPrivate();
        byte[] encoded = builder.build(new JcaContentSignerBuilder(SIGNATURE).build(signer))
                .getEncoded();
        X509Certificate made = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        List<X509Certificate> chain = by.isPresent() ? List.of(made, by.get().certificate) : List.of(made);
        return new Authority(pair.getPrivate(), chain);
    }

    /** The same, whose signatures carry its own certificate and not that of who issued it. */
    public Authority alone() {
        return new Authority(key, List.of(certificate));
    }

    /** A list with this one on it. */
    public Path list(Path pem) throws Exception {
        return list(pem, this);
    }

    /** A list with these on it. */
    public static Path list(Path pem, Authority... listed) throws Exception {
        StringBuilder text = new StringBuilder();
        for (Authority each : listed) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(each.certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Files.writeString(pem, text, StandardCharsets.US_ASCII);
    }

    /** The jar with a signature of this one. */
    public Path sign(Path jar) throws Exception {
        return sign(jar, new JarSigner.Builder(key, path()));
    }

    /** The jar with a signature of this one, and the word of another on when it was made. */
    public Path sign(Path jar, Authority clock, Instant when) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = clock.timestamp(exchange.getRequestBody().readAllBytes(), when);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            return sign(jar, new JarSigner.Builder(key, path()).tsa(address));
        } finally {
            server.stop(0);
        }
    }

    private CertPath path() throws Exception {
        return CertificateFactory.getInstance("X.509").generateCertPath(chain);
    }

    private static Path sign(Path jar, JarSigner.Builder builder) throws Exception {
        Path signed = Files.createTempFile(jar.getParent(), "signed", ".jar");
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream to = Files.newOutputStream(signed)) {
            builder.signerName("TEST").build().sign(from, to);
        }
        return signed;
    }

    // RFC 3161
    private byte[] timestamp(byte[] request, Instant when) throws IOException {
        try {
            var digests = new JcaDigestCalculatorProviderBuilder().build();
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder().build(SIGNATURE, key, certificate),
                    digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)),
                    new ASN1ObjectIdentifier("1.2.3.4"));
            tokens.addCertificates(new JcaCertStore(chain));
            return new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
                    .generate(new TimeStampRequest(request), BigInteger.ONE, Date.from(when))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | TSPException e) {
            throw new IOException(e);
        }
    }
}
