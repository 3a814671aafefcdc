package io.sekimori.authority;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Hands out activations, and says which gateway a certificate stands for. Gateways enrol by EST (RFC 7030) over the
 * console's HTTPS; that needs no call here.
 *
 * <p>Thread-safe. What changes something is audited, and durable on return.
 */
@ProviderType
public interface Authority {

    /**
     * Makes an activation. An earlier one of the same gateway no longer counts; a certificate that it has already does
     * until it is revoked.
     *
     * @param actor who asks, as in the audit
     * @return the activation, whose code is known to nobody but the receiver from now on
     */
    IssuedActivation activate(ActivationOrder order, String actor) throws AuthorityException;

    /**
     * Which gateway a certificate stands for: one made here, known, valid now and not revoked. Never throws: doubt is a
     * {@link Standing.Refused}. The first time that a certificate is found good its activation code is used up.
     *
     * @param certificate proven by a TLS handshake, so that the other side has its key
     */
    Standing check(X509Certificate certificate);

    /** The newest certificate of a gateway, be it revoked or expired; empty before it enrolled. */
    Optional<GatewayCertificate> newest(String gatewayId) throws AuthorityException;

    /**
     * Revokes all certificates of a gateway and its open activation, for good. Revoking again is no error.
     *
     * @param reason why, for the audit: at most 500 characters
     * @param actor who asks, as in the audit
     */
    void revoke(String gatewayId, String reason, String actor) throws AuthorityException;

    /** The revoked certificates as a CRL (RFC 5280), DER-encoded, made now. */
    byte[] revocations() throws AuthorityException;

    /** The console's CA, which gateways trust; never empty. */
    List<X509Certificate> anchors() throws AuthorityException;

    /**
     * What this console connects to its own broker with: TLS 1.3, a certificate {@code CN=console-n, OU=console} for
     * clients, and the console's CA as the only one that is trusted. Ask again for each connection: the certificate is
     * renewed in time.
     *
     * @param number which of the consoles on one broker: 1 to 999
     */
    SSLContext client(int number) throws AuthorityException;
}
