package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
     * @throws TrustException if it does not follow from the newest one
     */
    public boolean follow(byte[] root) throws IOException {
        return follow(roots, root);
    }

    static boolean follow(RootFiles roots, byte[] root) throws IOException {
        if (roots.all().values().stream().anyMatch(known -> Arrays.equals(known, root))) {
            return false;
        }
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
        TargetsMetadata next = parse(targets);
        roots.newest().requireSigned(next.envelope(), Document.TARGETS); // 5.6.3
        next.header().requireFresh(now); // 5.6.5
        Optional<Published> published = Published.load(files);
        if (published.isPresent()
                && Arrays.equals(published.get().targets().envelope().bytes(), targets)) {
            return Optional.empty();
        }
        if (!next.delegations().isEmpty()) {
            throw new TrustException(
                    TrustCode.TARGETS_DELEGATIONS, next.envelope().name + " delegates; a console takes the top alone");
        }
        List<Release> releases = List.copyOf(ReleaseCatalog.of(next).byPath().values());
        List<Release> before = published
                .map(files -> List.copyOf(files.catalog().byPath().values()))
                .orElse(List.of());
        long version =
                published.map(files -> files.targets().header().version()).orElse(0L);
        if (next.header().version() <= version) {
            throw new TrustException(
                    PublishCode.TARGETS_NOT_NEWER,
                    "targets have version " + next.header().version() + ", published is " + version);
        }
        Succession.require(before, releases);
        return Optional.of(releases);
    }

    /**
     * Publishes targets that were judged, with a new snapshot and timestamp.
     *
     * @param signers enough of the snapshot and timestamp keys
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public void publish(byte[] targets, List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        new Publication(files, roots.newest(), signers, lifetimes, now).publish(parse(targets), Published.load(files));
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

    private static boolean signed(RootMetadata root, Envelope envelope, Role role) {
        RoleKeys keys = root.roles().get(role);
        return keys.signedBy(envelope) >= keys.threshold();
    }

    /** What is published. */
    public RepositoryFacts facts() throws IOException {
        Map<Role, RepositoryFacts.Signed> roles = new EnumMap<>(Role.class);
        roles.put(Role.ROOT, RepositoryFacts.Signed.of(roots.newest().header()));
        Optional<Published> published = Published.load(files);
        published.ifPresent(newest -> newest.addTo(roles));
        return new RepositoryFacts(
                roles,
                published
                        .map(newest -> List.copyOf(newest.catalog().byPath().values()))
                        .orElse(List.of()));
    }

    /** The names of the metadata that gateways may ask for now, beside the roots. */
    public List<String> current() throws IOException {
        return Published.load(files)
                .map(newest -> List.copyOf(newest.files().keySet()))
                .orElse(List.of());
    }

    private static TargetsMetadata parse(byte[] targets) throws TrustException {
        return TargetsMetadata.parse(
                Envelope.parse(Repository.RELEASE.nameOf(TargetsMetadata.FILE), Document.TARGETS, targets),
                Document.TARGETS);
    }
}
