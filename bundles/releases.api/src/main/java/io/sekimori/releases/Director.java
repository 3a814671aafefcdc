package io.sekimori.releases;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides what each gateway is to run, and signs it. A gateway obeys within what publishers released for its model above
 * the floors, and this refuses everything else before it is signed. Thread-safe, also between consoles that share their
 * records.
 */
@ProviderType
public interface Director {

    /**
     * Signs the next assignment of each order's device; all of them become valid in one transaction. Each version is above
     * every one before, above what the device reported, and not below the seconds since 1970.
     *
     * @param orders at most 10,000, no device twice
     * @param actor who asks, for the audit
     * @return one answer for each order, in their order; a refusal does not keep others from being assigned
     * @throws ReleasesException if nothing was assigned
     */
    List<AssignAnswer> assign(List<Order> orders, String actor) throws ReleasesException;

    /**
     * Signs that what a device was assigned lately is taken back: it confirms nothing of that any more, and what it has confirmed
     * stays. Audited; signed and numbered as an assignment is, and in its place.
     *
     * @return the version that takes back, or why none was signed
     * @throws ReleasesException if nothing was signed
     */
    AssignAnswer takeBack(TakeBack order, String actor) throws ReleasesException;

    /**
     * Signs a mandate for one gateway, and keeps nothing of it. Audited, without the content.
     *
     * @return the signed mandate, JSON in UTF-8; it may hold secrets
     * @throws ReleasesException if it was not signed
     * @throws IllegalArgumentException if the errand is malformed
     */
    byte[] mandate(Errand errand) throws ReleasesException;

    /** The newest assignment of a device, held back or not; empty if this console has signed none for it. */
    Optional<CurrentAssignment> current(String device) throws ReleasesException;

    /** Why the newest assignment of a device is held back; empty if it is not, or there is none. */
    Optional<HeldAssignment> held(String device) throws ReleasesException;
}
