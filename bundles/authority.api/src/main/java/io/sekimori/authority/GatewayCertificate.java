package io.sekimori.authority;

import java.time.Instant;
import java.util.Objects;

/**
 * What the console keeps of a gateway's certificate.
 *
 * @param gatewayId {@code g-} and 12 of {@code a-z 2-7}
 * @param deviceKey SHA-256 of the public key (SubjectPublicKeyInfo), 64 lower-case hex digits: what an assignment calls
 *     the device
 * @param serialNumber of the certificate: 1 to 40 lower-case hex digits
 * @param notBefore since when it is valid
 * @param notAfter until when
 * @param state what became of it
 */
public record GatewayCertificate(
        String gatewayId, String deviceKey, String serialNumber, Instant notBefore, Instant notAfter, State state) {

    /** What becomes of a certificate. Stable names: add, never rename. */
    public enum State {
        /** Made, and not seen in use yet. */
        ISSUED,
        /** Its gateway has proven with it who it is. */
        IN_USE,
        /** No longer trusted, for good. */
        REVOKED
    }

    /** @throws IllegalArgumentException if a part is malformed */
    public GatewayCertificate {
        if (!gatewayId.matches("g-[a-z2-7]{12}")
                || !deviceKey.matches("[0-9a-f]{64}")
                || !serialNumber.matches("[0-9a-f]{1,40}")) {
            throw new IllegalArgumentException("gateway id, device key or serial number is malformed");
        }
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(notAfter, "notAfter");
        Objects.requireNonNull(state, "state");
    }
}
