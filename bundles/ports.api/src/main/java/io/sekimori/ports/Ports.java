package io.sekimori.ports;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Looks at what listens. A bundle declares what it opens by a capability of the namespace {@value #NAMESPACE} in its
 * manifest, which its publisher signs with it.
 *
 * <p>Thread-safe. A look reads the system's tables, so it costs milliseconds and is made anew for each call.
 */
@ProviderType
public interface Ports {

    /**
     * The namespace of declarations. Attributes: {@code transport} is {@code tcp}, {@code udp} or {@code unix};
     * {@code port} a number, or {@code path} of a socket, relative to the unit's folder; {@code pid} and {@code key} name
     * the setting that has the port when it is configured; {@code optional=true} if it need not be open.
     */
    String NAMESPACE = "io.sekimori.port";

    /** What listens now, and how it differs from what was declared. Never throws: what could not be read is a finding. */
    Look look();
}
