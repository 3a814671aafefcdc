package io.sekimori.authority;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that a gateway was given a certificate. Register an implementation as a service. It may be missed when the
 * console ends at that moment; {@link Authority#newest} has what happened.
 */
@ConsumerType
public interface EnrolmentListener {

    /** Called after the certificate is recorded, before the gateway gets it; must be quick. What it throws is logged. */
    void enrolled(GatewayCertificate certificate);
}
