package io.sekimori.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
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
    private final StagedTargets staged;
    private final ReleaseFiles files;

    private ReleaseRepository(Path directory) {
        metadata = new MetadataDirectory(directory.resolve("metadata"));
        roots = new RootFiles(Repository.RELEASE, metadata);
        staged = new StagedTargets(directory.resolve("staged").resolve(TargetsMetadata.FILE));
        files = new ReleaseFiles(directory.resolve("targets"));
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
        repository.roots.create(roles, rootSigners, now.plus(lifetimes.root()));
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
        roots.succeed(roles, signers, now.plus(lifetimes.root()));
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
        Release release = NewRelease.read(jar, facts);
        Map<String, Release> releases = newest();
        if (release.equals(releases.get(release.path()))) {
            return release;
        }
        NewRelease.requireNext(release, releases.values());
        files.put(jar, release);
        releases.put(release.path(), release);
        stage(releases, lifetimes, now);
        return release;
    }

    /** Stages what is published as it is, with a new version and expiry, unless something is staged already. */
    public void stageRenewal(Lifetimes lifetimes, Instant now) throws IOException {
        if (staged.load().isEmpty()) {
            stage(newest(), lifetimes, now);
        }
    }

    /** Forgets what was added since the last publication. */
    public void discardStaged() throws IOException {
        staged.discard();
    }

    /** Adds signatures to the staged targets; of {@code signers} those count that speak for targets. */
    public SigningProgress sign(List<Signer> signers) throws IOException {
        RoleKeys keys = roots.newest().roles().get(Role.TARGETS);
        staged.sign(keys.among(signers));
        return new SigningProgress(keys.signedBy(staged.required().envelope()), keys.threshold());
    }

    /**
     * Publishes the staged targets with a new snapshot and timestamp.
     *
     * @param signers enough keys of the snapshot and timestamp roles
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}, {@link PublishCode#NOTHING_STAGED}
     */
    public void publish(List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        new Publication(metadata, roots.newest(), signers, lifetimes, now).publish(staged.required(), published());
        staged.discard();
    }

    /** Publishes what is published again with a new snapshot and timestamp, before they expire. */
    public void renew(List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        Optional<Published> published = published();
        TargetsMetadata targets = published
                .map(Published::targets)
                .orElseThrow(() ->
                        new TrustException(PublishCode.NOTHING_PUBLISHED, metadata.directory() + " has no timestamp"));
        new Publication(metadata, roots.newest(), signers, lifetimes, now).publish(targets, published);
    }

    /**
     * Looks at the repository as a new gateway would, then reads every jar.
     *
     * @throws TrustException with the {@link TrustCode} that a gateway would refuse it for
     */
    public RepositoryFacts verify(Instant now) throws IOException {
        TargetSearch seen = new ReleaseClient(new TrustedMemory(Map.of()), metadata(), now).refresh(anchor());
        for (Release release : ReleaseCatalog.all(seen).byPath().values()) {
            try (InputStream in = files.open(release)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return facts();
    }

    /** What is published, whether or not it has expired. */
    public RepositoryFacts facts() throws IOException {
        Map<Role, RepositoryFacts.Signed> roles = new EnumMap<>(Role.class);
        roles.put(Role.ROOT, RepositoryFacts.Signed.of(roots.newest().header()));
        Optional<Published> published = published();
        published.ifPresent(newest -> newest.addTo(roles));
        return new RepositoryFacts(
                roles,
                published
                        .map(files -> List.copyOf(files.catalog().byPath().values()))
                        .orElse(List.of()));
    }

    /** The published releases and those added since, in order of path. */
    public List<Release> releases() throws IOException {
        return List.copyOf(newest().values());
    }

    /**
     * The published releases of an assignment, in its order.
     *
     * @throws TrustException if the repository does not vouch for all of them
     */
    public List<Release> assigned(Assignment assignment) throws IOException {
        Optional<Published> published = published();
        return Agreement.releases(
                assignment, published.map(Published::catalog).orElse(new ReleaseCatalog(Map.of(), Map.of())));
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
        return all;
    }

    private Optional<Published> published() throws IOException {
        return Published.load(metadata);
    }

    private Map<String, Release> newest() throws IOException {
        Optional<TargetsMetadata> draft = staged.load();
        if (draft.isPresent()) {
            return new TreeMap<>(ReleaseCatalog.of(draft.get()).byPath());
        }
        return published()
                .map(newest -> new TreeMap<>(newest.catalog().byPath()))
                .orElseGet(TreeMap::new);
    }

    private void stage(Map<String, Release> releases, Lifetimes lifetimes, Instant now) throws IOException {
        long version =
                published().map(newest -> newest.targets().header().version()).orElse(0L) + 1;
        staged.stage(version, now.plus(lifetimes.targets()), releases);
    }
}
