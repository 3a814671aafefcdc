package io.sekimori.keys;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named private keys of this gateway. A private key is used here and never returned, logged or exported.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced, or made just after, is still served
 * correctly.
 */
@ProviderType
public interface Keys {

    /** The name of the key that identifies this gateway. */
    String DEVICE = "device";

    /**
     * The names of the keys that exist, sorted.
     *
     * @throws KeyException if the keys cannot be listed
     */
    List<String> names() throws KeyException;

    /**
     * The public half of a key.
     *
     * @param name 1 to 64 of {@code a-z 0-9 -}, beginning with a letter
     * @return empty if there is no such key
     * @throws KeyException if there is one and it must not be used
     */
    Optional<PublicKeyFacts> publicKey(String name) throws KeyException;

    /**
     * Signs {@code message} with the algorithm of the key: for {@link KeyAlgorithm#EC_P256} ECDSA over
     * SHA-256, DER-encoded.
     *
     * @param message at most 16 MiB; not kept
     * @throws KeyException if there is no such key or it must not be used
     */
    byte[] sign(String name, byte[] message) throws KeyException;

    /**
     * What TLS connections are made with, as client or as server, proving who this side is with a key. The private key
     * stays with the provider: it is used for each full handshake anew, and one that was destroyed meanwhile makes the
     * handshake fail.
     *
     * <p>TLS 1.3 alone. The other side is trusted only if its certificates lead to one of {@code anchors}, are valid
     * now, and are made for its role (extended key usage). As a client, a connection whose maker did not ask for the
     * host to be checked (endpoint identification {@code HTTPS}) is refused. A server decides itself whether it wants
     * or needs a client's certificate, and whom of those it trusts it lets in; revocation is not looked at here.
     *
     * @param name of the key
     * @param chain the certificate of the key, then those that lead to an anchor; never empty
     * @param anchors never empty
     * @return a context to be kept: sessions are resumed only within one
     * @throws KeyException if there is no such key, it must not be used, or the first certificate is not for it
     */
    SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) throws KeyException;

    /**
     * As {@link #tls(String, List, List)}, for a client whose clock may be wrong.
     *
     * @param time at which servers' certificates must be valid, asked for each handshake
     * @implSpec A provider that goes by its own clock alone refuses more, and nothing less.
     */
    default SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors, InstantSource time)
            throws KeyException {
        return tls(name, chain, anchors);
    }

    /**
     * As {@link #tls}, for a server whose clients' certificates may have ended: such a client is let in if its certificate
     * held up to its last moment. The server must judge each client itself, at each request, as it must for revocation.
     * A certificate that is not valid yet, made for another role, or of another CA is refused as ever.
     *
     * @param name of the key
     * @param chain the certificate of the key, then those that lead to an anchor; never empty
     * @param anchors never empty
     * @return a context to be kept: sessions are resumed only within one
     * @throws KeyException if there is no such key, it must not be used, or the first certificate is not for it
     */
    SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors) throws KeyException;

    /**
     * Makes a new key. Never replaces one: an existing name is refused with {@link KeyCode#KEY_EXISTS}.
     * Audited; without an audit refused.
     *
     * @param actor who asks, as in the audit
     */
    PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException;

    /**
     * Destroys a key for good. After a power cut the key is either whole or gone. Audited; without an audit
     * refused.
     *
     * @param actor who asks, as in the audit
     * @param reason why, for the audit: at most 500 characters
     */
    void destroy(String name, String actor, String reason) throws KeyException;

    /** How well this provider keeps its keys, to be shown in the status. */
    Protection protection();
}
