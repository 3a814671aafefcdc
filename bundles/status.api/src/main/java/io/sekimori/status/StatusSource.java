package io.sekimori.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Adds to the status what another bundle knows. Register an implementation as a service.
 *
 * <p>Called often and on any thread, so it must be quick and thread-safe. One that throws is a finding itself.
 */
@ConsumerType
@FunctionalInterface
public interface StatusSource {

    /** What is to be said now. */
    Contribution contribute();

    /**
     * One part of a status.
     *
     * @param findings what somebody should look at
     * @param certificates the certificates that end
     * @param moments what else has a date
     */
    record Contribution(List<Finding> findings, List<CertificateEnd> certificates, Map<Moment, Instant> moments) {

        /** Without dates of other things. */
        public Contribution(List<Finding> findings, List<CertificateEnd> certificates) {
            this(findings, certificates, Map.of());
        }

        /** Copies the collections. */
        public Contribution {
            findings = List.copyOf(findings);
            certificates = List.copyOf(certificates);
            moments = Map.copyOf(moments);
        }
    }
}
