package io.sekimori.web;

import java.security.cert.X509Certificate;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells which gateway a client certificate is. Asked for each request, so that a revocation counts at once. Without such
 * a service no gateway is let in.
 *
 * <p>Thread-safe.
 */
@ConsumerType
public interface CallerCertificates {

    /** What a certificate is worth. */
    sealed interface Verdict {

        /**
         * It is that of a gateway that may come in.
         *
         * @param gatewayId the gateway
         */
        record Known(String gatewayId) implements Verdict {}

        /**
         * It is not.
         *
         * @param code the stable code of the area that refuses
         * @param detail safe to show
         */
        record Refused(Enum<?> code, String detail) implements Verdict {}
    }

    /**
     * Judges a chain, whose key the handshake proved.
     *
     * @param chain the client's own certificate first; not empty
     */
    Verdict judge(List<X509Certificate> chain);
}
