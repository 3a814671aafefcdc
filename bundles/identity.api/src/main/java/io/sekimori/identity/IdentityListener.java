package io.sekimori.identity;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears that the gateway was enrolled, enrolled elsewhere, got a new certificate, or has another proxy. Register an implementation as a
 * service. What was so before is in {@link Identity#enrolled()}.
 */
@ConsumerType
public interface IdentityListener {

    /** Called after the change is on disk and {@link Identity} answers with it; must be quick. What it throws is logged. */
    void enrolled(Enrolled now);
}
