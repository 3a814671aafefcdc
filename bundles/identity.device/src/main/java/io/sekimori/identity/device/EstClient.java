package io.sekimori.identity.device;

import io.sekimori.identity.HttpProxy;
import io.sekimori.trust.Activation;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Speaks EST (RFC 7030) with the console that an activation names. Nothing is sent to a server that does not prove to be
 * it. Confined to one thread.
 */
final class EstClient {

    private final Activation activation;
    private final Exchange exchange;

    /**
     * @param patience how long one answer may take, the connection included
     * @param proxy the way there, if not directly
     * @param time when the console's certificates must be valid
     * @param revoked whether a chain leads over an issuing CA that is known to be revoked
     */
    EstClient(
            Activation activation,
            Duration patience,
            Optional<HttpProxy> proxy,
            InstantSource time,
            Predicate<List<X509Certificate>> revoked) {
        this.activation = activation;
        PinnedTrust trust = new PinnedTrust(activation.pins().consoleKey(), time).refusing(revoked);
        this.exchange = new Exchange(activation.place().console(), trust.context(), patience, proxy, trust::refusal);
    }

    /** The CA's certificates (4.1). */
    List<X509Certificate> caCertificates() throws NotEnrolled {
        return exchange.caCertificates();
    }

    /** The certificates that answer {@code request}, a PKCS#10 request in DER (4.2.1). */
    List<X509Certificate> enrol(byte[] request) throws NotEnrolled {
        return exchange.certify("simpleenroll", request, "Authorization", authorization());
    }

    // RFC 7617; the HTTP client takes headers as String alone.
    private String authorization() {
        byte[] name = (activation.place().gatewayId() + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] code = activation.code();
        byte[] both = Arrays.copyOf(name, name.length + code.length);
        System.arraycopy(code, 0, both, name.length, code.length);
        try {
            return "Basic " + Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(code, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }
}
