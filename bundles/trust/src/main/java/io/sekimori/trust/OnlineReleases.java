package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A release repository where snapshot and timestamp keys are online: takes roots and targets that were signed elsewhere,
 * verifies them as a gateway would and as a publisher is held to, and publishes. The state is in the files alone; a
 * refusal leaves them as they were.
 */
public final class OnlineReleases {

    private final MetadataFiles files;
    private final RootFiles roots;

    /** A repository in these files. */
    public OnlineReleases(MetadataFiles files) {
        this.files = files;
        this.roots = new RootFiles(Repository.RELEASE, files);
    }

    /**
     * Takes the first root, which was brought in a way that is trusted.
     *
     * @throws TrustException {@link PublishCode#REPOSITORY_EXISTS}, or a {@link TrustCode} if its own keys did not sign it
     */
    public void begin(byte[] root) throws IOException {
        roots.begin(root);
    }

    /**
     * Takes the next root (5.3.4, 5.3.5).
     *
     * @return false if it is one that is here already
     * @throws TrustException if it does not follow from the newest one; {@link PublishCode#ISSUED_AHEAD}
     */
    public boolean follow(byte[] root, Instant now) throws IOException {
        return follow(roots, root, now);
    }

    /**
     * Takes the next root as {@link #follow(byte[], Instant)} does. Where it names other keys for snapshot and timestamp these
     * are signed anew with it, so that nobody finds the one without the others; with too few of the keys they stay as they
     * are until {@link #renew} has enough.
     */
    public boolean follow(byte[] root, List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        boolean taken = follow(root, now);
        RootMetadata newest = roots.newest();
        Optional<Published> published = Published.load(files);
        if (taken
                && published.isPresent()
                && signed(newest, published.get().targets().envelope(), Role.TARGETS)
                && newest.roles().get(Role.SNAPSHOT).enough(signers)
                && newest.roles().get(Role.TIMESTAMP).enough(signers)) {
            renew(signers, lifetimes, now, now);
        }
        return taken;
    }

    /** The keys that the newest root names for that role. */
    public RoleKeys keys(Role role) throws IOException {
        return roots.newest().roles().get(role);
    }

    static boolean follow(RootFiles roots, byte[] root, Instant now) throws IOException {
        if (roots.all().values().stream().anyMatch(known -> Arrays.equals(known, root))) {
            return false;
        }
        roots.successor(root).header().requireNotAhead(now);
        roots.follow(root);
        return true;
    }

    /**
     * Verifies targets that are to be published: signatures, expiry, a version that grows, and that no release that is
     * published changes, goes, or is followed by one with a lower counter or floor.
     *
     * @return the releases it names; empty if it is what is published
     * @throws TrustException with a {@link TrustCode} or {@link PublishCode}
     */
    public Optional<List<Release>> judge(byte[] targets, Instant now) throws IOException {
        return new NextTargets(roots.newest(), Published.load(files), now).top(targets);
    }

    /**
     * Verifies the file of a publisher to whom the published targets hand names on, as these targets demand it and by the
     * same rules.
     *
     * @return the releases it names; empty if it is what is published
     * @throws TrustException with a {@link TrustCode} or {@link PublishCode}, such as
     *     {@link PublishCode#DELEGATION_UNKNOWN}, {@link PublishCode#NOT_DELEGATED},
     *     {@link TrustCode#DELEGATED_SIGNATURES}
     */
    public Optional<List<Release>> judge(String role, byte[] file, Instant now) throws IOException {
        return new NextTargets(roots.newest(), Published.load(files), now).delegated(role, file);
    }

    /**
     * Publishes targets that were judged, with a new snapshot and timestamp.
     *
     * @param signers enough of the snapshot and timestamp keys
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public void publish(byte[] targets, List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        new Publication(files, roots.newest(), signers, lifetimes, now)
                .publish(NextTargets.parse(targets, Document.TARGETS), Published.load(files));
    }

    /** Publishes a publisher's file that was judged, beside what is published. */
    public void publish(String role, byte[] file, List<Signer> signers, Lifetimes lifetimes, Instant now)
            throws IOException {
        Optional<Published> before = Published.load(files);
        Published newest =
                before.orElseThrow(() -> new TrustException(PublishCode.NOTHING_PUBLISHED, "there are no targets yet"));
        Map<String, TargetsMetadata> delegated = new TreeMap<>(newest.delegated());
        delegated.put(role, NextTargets.parse(file, Document.DELEGATED));
        Publication publication = new Publication(files, roots.newest(), signers, lifetimes, now);
        publication.save(publication.files(newest.targets(), delegated, before));
    }

    /**
     * Publishes what is published again with a new snapshot and timestamp, if one of them expires before {@code by} or was
     * signed by keys that the newest root no longer names.
     *
     * @return whether it did
     */
    public boolean renew(List<Signer> signers, Lifetimes lifetimes, Instant by, Instant now) throws IOException {
        Optional<Published> published = Published.load(files);
        if (published.isEmpty()) {
            return false;
        }
        RootMetadata root = roots.newest();
        Published newest = published.get();
        boolean good = newest.timestamp().header().expires().isAfter(by)
                && newest.snapshot().header().expires().isAfter(by)
                && signed(root, newest.timestamp().envelope(), Role.TIMESTAMP)
                && signed(root, newest.snapshot().envelope(), Role.SNAPSHOT);
        if (!good) {
            new Publication(files, root, signers, lifetimes, now).publish(newest.targets(), published);
        }
        return !good;
    }

    /**
     * Signs above a publisher's own timestamp, if that has counted further than this repository: its clock was ahead, and
     * gateways that a factory made with it refuse what has smaller numbers (5.4.3). Nobody without the role's keys has it
     * count, and nobody by more than a day.
     *
     * @param timestamp as the publisher signed it; it may have expired
     * @return whether anything was signed
     * @throws TrustException {@link TrustCode#TIMESTAMP_SIGNATURES}, {@link PublishCode#TIMESTAMP_AHEAD},
     *     {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public boolean overtake(byte[] timestamp, List<Signer> signers, Lifetimes lifetimes, Instant now)
            throws IOException {
        RootMetadata root = roots.newest();
        TimestampMetadata seen = TimestampMetadata.signed(timestamp, root);
        Optional<Published> published = Published.load(files);
        if (published.isEmpty()
                || !published.get().timestamp().isBehind(seen)
                || Arrays.equals(published.get().timestamp().envelope().bytes(), timestamp)) {
            return false;
        }
        seen.requireNotAhead(now);
        new Publication(files, root, signers, lifetimes, now, Optional.of(seen))
                .publish(published.get().targets(), published);
        return true;
    }

    private static boolean signed(RootMetadata root, Envelope envelope, Role role) {
        RoleKeys keys = root.roles().get(role);
        return keys.signedBy(envelope) >= keys.threshold();
    }

    /**
     * Takes a permit to go below a floor, which people signed with the offline keys.
     *
     * @return false if it is here already
     * @throws TrustException {@link TrustCode#PERMIT_MALFORMED}, {@link TrustCode#PERMIT_SIGNATURES} or
     *     {@link TrustCode#PERMIT_EXPIRED}
     */
    public boolean permit(byte[] signed, Instant now) throws IOException {
        return FloorPermits.add(files, roots.newest(), signed, now);
    }

    /** The permits that are here. */
    public FloorPermits permits() throws IOException {
        return FloorPermits.load(files, roots.newest());
    }

    /** What is published. */
    public RepositoryFacts facts() throws IOException {
        return RepositoryFacts.of(roots.newest(), Published.load(files));
    }

    /** Those to whom names are handed on, in the order in which they are asked. */
    public List<Publisher> publishers() throws IOException {
        return Publisher.all(Published.load(files));
    }

    /** The names of the metadata that gateways may ask for now, beside the roots. */
    public List<String> current() throws IOException {
        return Published.load(files)
                .map(newest -> List.copyOf(newest.files().keySet()))
                .orElse(List.of());
    }
}
