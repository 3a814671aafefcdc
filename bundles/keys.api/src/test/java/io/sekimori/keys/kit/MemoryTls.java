package io.sekimori.keys.kit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with a key that a test has in its hands, for either side. */
public final class MemoryTls {

    private MemoryTls() {}

    /** Shows the chain, and trusts whoever leads to an anchor; TLS 1.3. */
    public static SSLContext of(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws GeneralSecurityException {
        KeyStore trusted = empty();
        for (X509Certificate anchor : anchors) {
            trusted.setCertificateEntry(anchor.getSerialNumber().toString(), anchor);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys(key, chain), trust.getTrustManagers(), null);
        return context;
    }

    /** Shows the chain. */
    public static KeyManager[] keys(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        KeyStore own = empty();
        own.setKeyEntry("own", key, new char[0], chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        return keys.getKeyManagers();
    }

    // Not PKCS#12: that refuses a chain that does not hold together, which a test may want to show.
    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new AssertionError("nothing is read", e);
        }
    }
}
