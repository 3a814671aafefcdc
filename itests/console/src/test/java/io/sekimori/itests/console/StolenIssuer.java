package io.sekimori.itests.console;

import io.sekimori.keys.KeyException;
import io.sekimori.keys.file.KeyFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;

/** A thief with the issuing key of a console's authority, who makes himself gateways. */
final class StolenIssuer {

    private static final char[] PASSWORD = "password".toCharArray();
    private static final int PATIENCE_MILLIS = 10_000;

    private final KeyFiles keys;
    private final List<X509Certificate> ca;

    /** @param loot the key {@code issuing-ca} and {@code ca.pem} */
    StolenIssuer(Path loot) throws IOException, GeneralSecurityException {
        this.keys = new KeyFiles(loot);
        try (InputStream in = Files.newInputStream(loot.resolve("ca.pem"))) {
            this.ca = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map((Certificate each) -> (X509Certificate) each)
                    .toList();
        }
    }

    /** Whether the broker there takes a certificate that he makes for a gateway of this id. */
    boolean isLetIn(int port, String id) {
        try (SSLSocket socket = (SSLSocket) context(id).getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(connect(id));
            out.flush();
            byte[] acknowledged = socket.getInputStream().readNBytes(4);
            return acknowledged.length == 4 && acknowledged[0] == 0x20 && acknowledged[3] == 0; // MQTT 3.1.1, 3.2
        } catch (IOException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A CONNECT packet (MQTT 3.1.1, 3.1). */
    private static byte[] connect(String id) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(0x10);
        out.write(12 + id.length());
        out.writeUTF("MQTT");
        out.write(new byte[] {4, 2, 0, 60});
        out.writeUTF(id);
        return bytes.toByteArray();
    }

    private SSLContext context(String id) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair own = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.getPrivate(), PASSWORD, new Certificate[] {forged(own, id), ca.get(0)});
        KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
        shown.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("root", ca.get(1));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private X509Certificate forged(KeyPair own, String id) throws GeneralSecurityException, IOException {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                ca.get(0),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(Instant.now().minus(Duration.ofHours(1))),
                Date.from(Instant.now().plus(Duration.ofDays(1))),
                new X500Principal("CN=" + id + ", OU=gateway"),
                own.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        return new JcaX509CertificateConverter().getCertificate(builder.build(new Signing()));
    }

    private final class Signing implements ContentSigner {

        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            try {
                return keys.sign("issuing-ca", message.toByteArray());
            } catch (KeyException e) {
                throw new AssertionError(e);
            }
        }
    }
}
