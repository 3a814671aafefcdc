package io.sekimori.releases;

import org.osgi.annotation.versioning.ProviderType;

/** Packs for gateways that no network reaches: what one is to run, in one file for a stick. Thread-safe. */
@ProviderType
public interface Packs {

    /**
     * Readies the pack of a device: the newest assignment with all metadata and files that it needs, whatever the device has
     * already. An assignment that would not be good for half as long as a pack may be is signed anew, with the same content
     * and the next version. What the gateway would refuse for being below a floor is refused here.
     *
     * @param device SHA-256 of the device's public key, 64 lower-case hex digits
     * @param actor who asks, for the audit
     * @throws ReleasesException if nothing could be decided
     */
    PackAnswer of(String device, String actor) throws ReleasesException;
}
