package io.sekimori.local;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Keys in memory. */
final class MemoryKeys implements Keys {

    private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean refusing;

    int made() {
        return made.get();
    }

    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** What a client makes connections with that trusts whoever answers. */
    static SSLContext anyoneTrusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        return context;
    }

    @Override
    public List<String> names() {
        return List.copyOf(pairs.keySet());
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) {
        return Optional.ofNullable(pairs.get(name))
                .map(pair -> new PublicKeyFacts(name, KeyAlgorithm.EC_P256, pair.getPublic()));
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pairs.get(name).getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) throws KeyException {
        return server(name, chain, anchors);
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(name, pairs.get(name).getPrivate(), new char[0], chain.toArray(Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
            managers.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(managers.getKeyManagers(), new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw failed(e);
        }
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException {
        if (refusing) {
            throw new KeyException(KeyCode.KEY_AUDIT_REFUSED, "by test", null);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            if (pairs.putIfAbsent(name, generator.generateKeyPair()) != null) {
                throw new KeyException(KeyCode.KEY_EXISTS, "by test", null);
            }
            made.incrementAndGet();
            return publicKey(name).orElseThrow();
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    @Override
    public void destroy(String name, String actor, String reason) {
        pairs.remove(name);
    }

    @Override
    public Protection protection() {
        return new Protection(Protection.Kind.FILE, "by test");
    }

    private static KeyException failed(Exception e) {
        return new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, "by test", e);
    }

    private static final class Anyone extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
