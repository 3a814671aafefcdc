package io.sekimori.status;

import java.time.Instant;
import java.util.Objects;

/**
 * When a certificate ends.
 *
 * @param name whose it is, at most 200 characters
 * @param notAfter its last moment
 */
public record CertificateEnd(String name, Instant notAfter) {

    /** Shortens the name. */
    public CertificateEnd {
        name = Text.safe(name, 200);
        Objects.requireNonNull(notAfter, "notAfter");
    }
}
