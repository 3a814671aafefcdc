package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.PublicKeyFacts;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;

/**
 * The key that identifies this gateway, as it is at the moment.
 *
 * @param keys who keeps it
 * @param facts its public half
 */
record DeviceKey(Keys keys, PublicKeyFacts facts) {

    static DeviceKey of(Tools tools) throws NotEnrolled {
        Keys keys = tools.keys()
                .orElseThrow(
                        () -> new NotEnrolled(IdentityCode.KEY_REFUSED, "no service that keeps keys is there", null));
        try {
            return new DeviceKey(
                    keys,
                    keys.publicKey(Keys.DEVICE)
                            .orElseThrow(
                                    () -> new NotEnrolled(IdentityCode.KEY_MISSING, "no key " + Keys.DEVICE, null)));
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    PublicKey key() {
        return facts.key();
    }

    /** A PKCS#10 request in DER. */
    byte[] request(X500Principal subject) throws NotEnrolled {
        try {
            return CertificateRequest.of(facts, subject, keys);
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    /** What a connection is made with that shows this chain. */
    SSLContext tls(List<X509Certificate> chain, List<X509Certificate> anchors, InstantSource time) throws NotEnrolled {
        try {
            return keys.tls(Keys.DEVICE, chain, anchors, time);
        } catch (KeyException e) {
            throw refused(e);
        }
    }

    private static NotEnrolled refused(KeyException e) {
        return new NotEnrolled(IdentityCode.KEY_REFUSED, String.valueOf(e.getMessage()), e);
    }
}
