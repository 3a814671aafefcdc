package io.sekimori.identity.device;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS of both sides for tests. */
final class TestTls {

    private TestTls() {}

    /** Takes every client's certificate, also one that has ended; the test judges it. */
    static final TrustManager ANY_CLIENT = new X509ExtendedTrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            // whoever it is
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            // whoever it is
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // whoever it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new AssertionError("a server asks nobody else's server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new AssertionError("a server asks nobody else's server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new AssertionError("a server asks nobody else's server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    static SSLContext client(KeyPair key, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("JKS");
        trusted.load(null, null);
        for (X509Certificate anchor : anchors) {
            trusted.setCertificateEntry(anchor.getSerialNumber().toString(), anchor);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys(key, chain), trust.getTrustManagers(), null);
        return context;
    }

    static KeyManager[] keys(KeyPair key, List<X509Certificate> chain) throws GeneralSecurityException, IOException {
        // Not PKCS#12: that refuses a chain that does not hold together, as some here.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("own", key.getPrivate(), "test".toCharArray(), chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "test".toCharArray());
        return keys.getKeyManagers();
    }
}
