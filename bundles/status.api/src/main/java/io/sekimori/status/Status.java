package io.sekimori.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How a unit is, at one moment.
 *
 * @param at when it was looked at, by the unit's clock
 * @param generation the number of the generation that runs; 0 if it is none that is known
 * @param bundles sorted by name and version
 * @param health sorted by name
 * @param resources what could be measured
 * @param certificates those that end
 * @param findings what somebody should look at, without doubles; empty if all is well
 * @param moments what else has a date
 */
public record Status(
        Instant at,
        int generation,
        List<BundleStatus> bundles,
        List<HealthStatus> health,
        Map<Measure, Long> resources,
        List<CertificateEnd> certificates,
        List<Finding> findings,
        Map<Moment, Instant> moments) {

    /** Without dates of other things. */
    public Status(
            Instant at,
            int generation,
            List<BundleStatus> bundles,
            List<HealthStatus> health,
            Map<Measure, Long> resources,
            List<CertificateEnd> certificates,
            List<Finding> findings) {
        this(at, generation, bundles, health, resources, certificates, findings, Map.of());
    }

    /** Copies the collections. */
    public Status {
        Objects.requireNonNull(at, "at");
        bundles = List.copyOf(bundles);
        health = List.copyOf(health);
        resources = Map.copyOf(resources);
        certificates = List.copyOf(certificates);
        findings = List.copyOf(findings);
        moments = Map.copyOf(moments);
    }
}
