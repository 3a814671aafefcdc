package io.sekimori.releases;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The release repository of this console. Publishers sign elsewhere, with keys that are never here; the console verifies
 * what they signed as a gateway would, keeps it, and signs snapshot and timestamp so that gateways see all of it or
 * nothing.
 *
 * <p>To publish: bring every new root, then every new file, then the targets metadata, then that of each publisher it
 * delegates to, then its timestamp. Each step is durable when it
 * returns and may be repeated. Thread-safe, also between consoles that share their records.
 */
@ProviderType
public interface Releases {

    /**
     * Takes the next root of the release repository: other keys or a later expiry. The first one comes with the console's
     * own set-up and never by this way.
     *
     * @param root the signed bytes
     * @param actor who asks, for the audit
     */
    ImportAnswer importRoot(byte[] root, String actor) throws ReleasesException;

    /** As {@link #importRoot}, the next root of the director. */
    ImportAnswer importDirectorRoot(byte[] root, String actor) throws ReleasesException;

    /**
     * Takes the file of a release, before the metadata that names it. One that no published metadata names within a day is
     * removed.
     *
     * @param sha256 64 lower-case hex digits
     * @param bytes read to its end, at most 512 MiB; not closed
     */
    ImportAnswer importFile(String sha256, InputStream bytes) throws ReleasesException;

    /**
     * Takes targets metadata and publishes it with a new snapshot and timestamp. Refused are, among others, a version that
     * does not grow, a release that changed under its name and version, a counter or floor that goes back, and a file that
     * is not here.
     *
     * @param targets the signed bytes
     * @param actor who asks, for the audit
     */
    ImportAnswer importTargets(byte[] targets, String actor) throws ReleasesException;

    /**
     * As {@link #importTargets}, what a publisher signed to whom the published targets hand names on. Refused are, too, a
     * role that nothing is delegated to, keys or names other than those delegated, and a file that delegates on.
     *
     * @param role the publisher's role
     * @param targets the signed bytes of its file
     * @param actor who asks, for the audit
     */
    ImportAnswer importDelegated(String role, byte[] targets, String actor) throws ReleasesException;

    /**
     * Takes a permit for named gateways to run named releases below their floor for a time, signed by the offline keys of
     * the targets; gateways fetch it with the metadata.
     *
     * @param permit the signed bytes
     * @param actor who asks, for the audit
     */
    ImportAnswer importPermit(byte[] permit, String actor) throws ReleasesException;

    /**
     * Takes notice of how far a publisher's own repository has counted. Where it is ahead, snapshot and timestamp are signed
     * anew above it: gateways that were made with it would refuse them else. Refused is what the role's keys did not sign, and
     * a number that is more than a day ahead.
     *
     * @param timestamp the signed bytes of its timestamp
     * @param actor who asks, for the audit
     */
    ImportAnswer importTimestamp(byte[] timestamp, String actor) throws ReleasesException;

    /** Everything released, by symbolic name, kind and counter; empty if nothing is. */
    List<Release> releases() throws ReleasesException;

    /** One release. */
    Optional<Release> release(Release.Kind kind, String symbolicName, String version) throws ReleasesException;

    /** What the repository stands on, for people. */
    RepositoryState state() throws ReleasesException;
}
