package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The publisher's side of the releases: a directory that any web server can hand out, whose keys lie elsewhere.
 * Releases are added, the targets signed by enough publishers, then published with snapshot and timestamp.
 *
 * <p>The state is on disk alone; every step is durable, and a published step is visible at once or not at all.
 * One writer at a time.
 */
public final class ReleaseRepository {

    private final MetadataDirectory metadata;
    private final RootFiles roots;
    private final Staging staging;
    private final StagedReleases staged;
    private final StagedSignatures signatures;
    private final ReleaseFiles files;

    private ReleaseRepository(Path directory) {
        metadata = new MetadataDirectory(directory.resolve("metadata"));
        roots = new RootFiles(Repository.RELEASE, metadata);
        staging = new Staging(directory.resolve("staged"));
        files = new ReleaseFiles(directory.resolve("targets"));
        staged = new StagedReleases(staging, roots, metadata, files);
        signatures = new StagedSignatures(staging, roots, staged);
    }

    /**
     * Makes a repository with its first root.
     *
     * @param roles       keys and thresholds of all four roles
     * @param rootSigners enough of the root keys
     * @throws TrustException {@link PublishCode#REPOSITORY_EXISTS}, or a {@link TrustCode} if the root would not verify
     */
    public static ReleaseRepository init(
            Path directory, Map<Role, RoleKeys> roles, List<Signer> rootSigners, Lifetimes lifetimes, Instant now)
            throws IOException {
        ReleaseRepository repository = new ReleaseRepository(directory);
        repository.metadata.requireNew();
        repository.roots.create(roles, rootSigners, lifetimes, now);
        return repository;
    }

    /** @throws TrustException {@link PublishCode#REPOSITORY_INCOMPLETE} if there is none */
    public static ReleaseRepository open(Path directory) throws IOException {
        ReleaseRepository repository = new ReleaseRepository(directory);
        repository.roots.newest();
        return repository;
    }

    /**
     * Publishes the next root: other keys, other thresholds, or a later expiry.
     *
     * @param signers enough keys of the root before and of the new one
     */
    public void newRoot(Map<Role, RoleKeys> roles, List<Signer> signers, Lifetimes lifetimes, Instant now)
            throws IOException {
        roots.succeed(roles, signers, lifetimes, now);
    }

    /** The bytes of the first root: the trust anchor for gateways. */
    public byte[] anchor() throws IOException {
        return roots.first();
    }

    /**
     * Adds a jar to the staged targets. Adding the same jar with the same facts again changes nothing.
     *
     * @throws TrustException with a {@link PublishCode} if the path is released with other bytes or facts, the
     *     counter or floor goes back, or a bundle's manifest says something else
     */
    public Release add(Path jar, ReleaseFacts facts, Lifetimes lifetimes, Instant now) throws IOException {
        return staged.add(Staging.TARGETS, jar, facts, lifetimes, now);
    }

    /**
     * As {@link #add(Path, ReleaseFacts, Lifetimes, Instant)}, to the releases of a publisher that names were delegated to.
     *
     * @throws TrustException also {@link PublishCode#DELEGATION_UNKNOWN} and {@link PublishCode#NOT_DELEGATED}
     */
    public Release add(String role, Path jar, ReleaseFacts facts, Lifetimes lifetimes, Instant now) throws IOException {
        return staged.add(role, jar, facts, lifetimes, now);
    }

    /**
     * Stages that bundles of these names are released by others: nobody but these keys answers for them any more, where
     * the top does not list them itself. Given again for a role it replaces names and keys.
     *
     * @param role  1 to 64 of {@code A-Z a-z 0-9 . _ -}
     * @param names patterns of symbolic names such as {@code org.example.*}
     */
    public void delegate(String role, List<String> names, RoleKeys keys, Lifetimes lifetimes, Instant now)
            throws IOException {
        staged.delegate(role, names, keys, lifetimes, now);
    }

    /** What {@link #delegate} would hand on; nothing is changed. */
    public Coverage coverage(String role, List<String> names) throws IOException {
        return staged.coverage(role, names);
    }

    /** Stages that a publisher answers for nothing any more; what it released is then unknown to every gateway. */
    public void revoke(String role, Lifetimes lifetimes, Instant now) throws IOException {
        staged.revoke(role, lifetimes, now);
    }

    /**
     * Stages until when there will be updates.
     *
     * @param model whose; {@link SupportPeriod#ALL} for all that are not named
     * @param end   whole seconds
     */
    public void support(String model, Instant end, Lifetimes lifetimes, Instant now) throws IOException {
        staged.support(model, end, lifetimes, now);
    }

    /** Stages the next root: other keys, other thresholds or a later expiry. */
    public void stageRoot(Map<Role, RoleKeys> roles, Lifetimes lifetimes, Instant now) throws IOException {
        staged.stageRoot(roles, lifetimes, now);
    }

    /** Keys and thresholds of the newest root. */
    public Map<Role, RoleKeys> roles() throws IOException {
        return Map.copyOf(roots.newest().roles());
    }

    /** Those to whom names are handed on, in the order in which they are asked. */
    public List<Publisher> publishers() throws IOException {
        return Publisher.all(published());
    }

    /** Stages what is published as it is, with a new version and expiry, unless something is staged already. */
    public void stageRenewal(Lifetimes lifetimes, Instant now) throws IOException {
        if (staging.all().isEmpty()) {
            staged.renew(Staging.TARGETS, lifetimes, now);
        }
    }

    /** Stages what a delegated publisher released as it is, with a new version and expiry. */
    public void stageRenewal(String role, Lifetimes lifetimes, Instant now) throws IOException {
        staged.delegation(role);
        staged.renew(role, lifetimes, now);
    }

    /** Forgets what was staged since the last publication. */
    public void discardStaged() throws IOException {
        for (String document : staging.all().keySet()) {
            staging.file(document).discard();
        }
    }

    /** What is staged, and how many keys have signed it: {@code root}, {@code targets} or a publisher's role. */
    public Map<String, SigningProgress> staged() throws IOException {
        return signatures.progress();
    }

    /**
     * Adds signatures to what is staged; of {@code signers} those count that speak for it.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}
     */
    public SigningProgress sign(List<Signer> signers) throws IOException {
        return signatures.sign(signers);
    }

    /**
     * A staged document, to be signed elsewhere with {@link SignedDocument#sign}.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}
     */
    public byte[] export(String document) throws IOException {
        return staging.file(document).required().bytes();
    }

    /**
     * Takes over the signatures of an exported copy that count.
     *
     * @return which document it is a copy of
     * @throws TrustException {@link PublishCode#NOT_STAGED}, {@link PublishCode#NO_SIGNATURE}
     */
    public String join(byte[] copy) throws IOException {
        return signatures.join(copy);
    }

    /**
     * Publishes every staged document that enough keys signed, with a new snapshot and timestamp.
     *
     * @param signers enough keys of the snapshot and timestamp roles
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}, {@link PublishCode#NOTHING_STAGED}
     */
    public void publish(List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        new StagedPublication(metadata, roots, staging, signatures).publish(signers, lifetimes, now);
    }

    /** As {@link OnlineReleases#permit}; gateways and packs get it with the metadata. */
    public boolean permit(byte[] signed, Instant now) throws IOException {
        return FloorPermits.add(metadata, roots.newest(), signed, now);
    }

    /** The permits that are here, each as it was signed. */
    public List<byte[]> permits() throws IOException {
        return FloorPermits.load(metadata, roots.newest()).documents();
    }

    /** Publishes what is published again with a new snapshot and timestamp, before they expire. */
    public void renew(List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        Optional<Published> published = published();
        TargetsMetadata targets = published.map(Published::targets).orElseThrow(this::nothingPublished);
        new Publication(metadata, roots.newest(), signers, lifetimes, now).publish(targets, published);
    }

    /**
     * Looks at the repository as a new gateway would, then reads every jar.
     *
     * @throws TrustException with the {@link TrustCode} that a gateway would refuse it for;
     *     {@link PublishCode#NOTHING_PUBLISHED} where there is nothing for gateways yet
     */
    public RepositoryFacts verify(Instant now) throws IOException {
        if (metadata.fetch(TimestampMetadata.FILE, Document.TIMESTAMP.maxBytes).isEmpty()) {
            throw nothingPublished();
        }
        TargetSearch seen = new ReleaseClient(
                        new TrustedMemory(Map.of()), metadata(), UpdateTime.of(now), Carrier.NETWORK)
                .refresh(anchor());
        for (Release release : ReleaseCatalog.all(seen).byPath().values()) {
            try (InputStream in = files.open(release)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return facts();
    }

    /** What is published, whether or not it has expired. */
    public RepositoryFacts facts() throws IOException {
        return RepositoryFacts.of(roots.newest(), published());
    }

    /** The published releases and those added since, in order of path. */
    public List<Release> releases() throws IOException {
        return List.copyOf(staged.releases().values());
    }

    /**
     * The published releases of an assignment, in its order.
     *
     * @throws TrustException if the repository does not vouch for all of them
     */
    public List<Release> assigned(Assignment assignment) throws IOException {
        Optional<Published> published = published();
        return Agreement.releases(assignment, published.map(Published::catalog).orElse(ReleaseCatalog.NONE));
    }

    /** The metadata, as gateways fetch it. */
    public MetadataSource metadata() {
        return metadata;
    }

    /** The jars. */
    public TargetSource targets() {
        return files;
    }

    /** All roots and the newest of the other metadata, by file name: what a pack carries. */
    public Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> all = new TreeMap<>(roots.all());
        published().ifPresent(newest -> all.putAll(newest.files()));
        metadata.fetch(FloorPermits.FILE, FloorPermits.MAX_BYTES).ifPresent(file -> all.put(FloorPermits.FILE, file));
        return all;
    }

    /** How far this repository has counted: its timestamp, if keys signed it that the newest root still names. */
    public Optional<byte[]> timestamp() throws IOException {
        RoleKeys keys = roots.newest().roles().get(Role.TIMESTAMP);
        return published()
                .map(newest -> newest.timestamp().envelope())
                .filter(envelope -> keys.signedBy(envelope) >= keys.threshold())
                .map(Envelope::bytes);
    }

    private TrustException nothingPublished() {
        return new TrustException(PublishCode.NOTHING_PUBLISHED, metadata.directory() + " has no timestamp");
    }

    private Optional<Published> published() throws IOException {
        return Published.load(metadata);
    }
}
