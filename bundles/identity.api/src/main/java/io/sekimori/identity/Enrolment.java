package io.sekimori.identity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the gateway known to a console, from the activation that its operator handed out.
 *
 * <p>Thread-safe; one enrolment runs at a time.
 */
@ProviderType
public interface Enrolment {

    /**
     * Enrols by EST (RFC 7030): proves that the other side is the console the activation names before anything secret
     * is sent, has the device key certified, and keeps the outcome durably. May be asked again after a lost reply or a
     * power cut: the same key with the same code gets the same certificate. A gateway that is enrolled already stays
     * what it is until the new certificate is on disk. Waits for the network, at most a minute. Audited.
     *
     * @param activation the activation file or its one-line label, UTF-8, at most 16 KiB; not kept, the caller wipes it
     * @param actor who asks, as in the audit
     */
    EnrolAnswer enrol(byte[] activation, String actor);
}
