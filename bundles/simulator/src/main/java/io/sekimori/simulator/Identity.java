package io.sekimori.simulator;

import io.sekimori.trust.Activation;
import io.sekimori.trust.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * Who a simulated gateway is once it enrolled. Immutable.
 *
 * @param place where it belongs
 * @param keys its device key, EC P-256
 * @param chain its certificate first, then those up to the CA, without it
 * @param anchor the console's CA
 */
record Identity(Activation.Place place, KeyPair keys, List<X509Certificate> chain, X509Certificate anchor) {

    private static final String KEY = "key.p8";
    private static final String PUBLIC = "key.spki";
    private static final String CHAIN = "chain.pem";
    private static final String ANCHOR = "anchor.pem";

    /** SHA-256 of the public key: what an assignment calls the device. */
    String device() {
        return Sha256.hex(keys.getPublic().getEncoded());
    }

    byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime signs with P-256", e);
        }
    }

    /** Proves who it is. */
    KeyManagerFactory keyManagers() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", keys.getPrivate(), new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, new char[0]);
        return factory;
    }

    /** Trusts the console's CA alone. */
    TrustManagerFactory trustManagers() throws GeneralSecurityException, IOException {
        return trusting(List.of(anchor));
    }

    static TrustManagerFactory trusting(List<X509Certificate> anchors) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate each : anchors) {
            store.setCertificateEntry(each.getSubjectX500Principal().getName(), each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory;
    }

    SSLContext tls() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keyManagers().getKeyManagers(), trustManagers().getTrustManagers(), null);
        return context;
    }

    /** Keeps it in {@code folder}, without its place. */
    void save(Path folder) throws IOException {
        Files.writeString(folder.resolve(CHAIN), pem(chain.toArray()));
        Files.writeString(folder.resolve(ANCHOR), pem(anchor));
    }

    static boolean isSaved(Path folder) {
        return Files.exists(folder.resolve(ANCHOR));
    }

    static Identity load(Path folder, Activation.Place place) throws IOException, GeneralSecurityException {
        return new Identity(
                place,
                loadKey(folder),
                certificates(folder.resolve(CHAIN)),
                certificates(folder.resolve(ANCHOR)).get(0));
    }

    /** Keeps a key for a gateway that has not enrolled yet; the public half comes last. */
    static void saveKey(Path folder, KeyPair keys) throws IOException {
        Path secret = folder.resolve(KEY);
        Files.deleteIfExists(secret);
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(secret, keys.getPrivate().getEncoded());
        Files.write(folder.resolve(PUBLIC), keys.getPublic().getEncoded());
    }

    static boolean hasKey(Path folder) {
        return Files.exists(folder.resolve(PUBLIC));
    }

    static KeyPair loadKey(Path folder) throws IOException, GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("EC");
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(folder.resolve(PUBLIC)))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(folder.resolve(KEY)))));
    }

    static List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
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
