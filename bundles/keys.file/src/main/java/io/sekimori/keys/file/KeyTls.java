package io.sekimori.keys.file;

import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.PublicKeyFacts;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes what TLS connections are made with, of a key in a file. Stateless. */
final class KeyTls {

    private KeyTls() {}

    /** For both roles; whoever is trusted has a certificate that is valid now. */
    static SSLContext context(KeyFiles files, String name, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        return context(files, name, chain, anchors, false, Optional.empty());
    }

    /** For a client that goes by another time than the clock's. */
    static SSLContext client(
            KeyFiles files, String name, List<X509Certificate> chain, List<X509Certificate> anchors, InstantSource time)
            throws KeyException {
        return context(files, name, chain, anchors, false, Optional.of(time));
    }

    /** For a server that judges itself whether the certificates of its clients have ended. */
    static SSLContext server(KeyFiles files, String name, List<X509Certificate> chain, List<X509Certificate> anchors)
            throws KeyException {
        return context(files, name, chain, anchors, true, Optional.empty());
    }

    private static SSLContext context(
            KeyFiles files,
            String name,
            List<X509Certificate> chain,
            List<X509Certificate> anchors,
            boolean endedClients,
            Optional<InstantSource> time)
            throws KeyException {
        PublicKeyFacts key =
                files.publicKey(name).orElseThrow(() -> new KeyException(KeyCode.KEY_UNKNOWN, "no key " + name, null));
        if (chain.isEmpty() || anchors.isEmpty()) {
            throw new KeyException(KeyCode.CERTIFICATE_NOT_FOR_KEY, "certificates are missing", null);
        }
        if (!chain.get(0).getPublicKey().equals(key.key())) {
            throw new KeyException(KeyCode.CERTIFICATE_NOT_FOR_KEY, "the certificate is for another key", null);
        }
        try {
            SSLContext context = SSLContext.getInstance(Tls13Context.PROTOCOL);
            context.init(
                    new KeyManager[] {new KeyFromFile(files, name, List.copyOf(chain))},
                    new TrustManager[] {new AnchoredTrust(List.copyOf(anchors), endedClients, time)},
                    null);
            return new Tls13Context(context);
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
