package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The director's side: its roots, and the newest assignment of each device. Keys lie elsewhere. The state is on disk
 * alone and every step is durable. One writer at a time.
 */
public final class DirectorRepository {

    private final Path assignments;
    private final MetadataDirectory metadata;
    private final RootFiles roots;
    private final StagedRoot next;

    private DirectorRepository(Path directory) {
        assignments = directory.resolve("assignments");
        metadata = new MetadataDirectory(directory.resolve("metadata"));
        roots = new RootFiles(Repository.DIRECTOR, metadata);
        next = new StagedRoot(new StagedFile(directory.resolve("staged").resolve("root.json"), Document.ROOT), roots);
    }

    /**
     * Makes a repository with its first root.
     *
     * @param roles       keys and thresholds of root and targets
     * @param rootSigners enough of the root keys
     * @throws TrustException {@link PublishCode#REPOSITORY_EXISTS}, or a {@link TrustCode} if the root would not verify
     */
    public static DirectorRepository init(
            Path directory, Map<Role, RoleKeys> roles, List<Signer> rootSigners, Lifetimes lifetimes, Instant now)
            throws IOException {
        DirectorRepository repository = new DirectorRepository(directory);
        repository.metadata.requireNew();
        repository.roots.create(roles, rootSigners, lifetimes, now);
        return repository;
    }

    /** @throws TrustException {@link PublishCode#REPOSITORY_INCOMPLETE} if there is none */
    public static DirectorRepository open(Path directory) throws IOException {
        DirectorRepository repository = new DirectorRepository(directory);
        repository.roots.newest();
        return repository;
    }

    /** As {@link ReleaseRepository#newRoot}. */
    public void newRoot(Map<Role, RoleKeys> roles, List<Signer> signers, Lifetimes lifetimes, Instant now)
            throws IOException {
        roots.succeed(roles, signers, lifetimes, now);
    }

    /** Keys and thresholds as the newest root has them. */
    public Map<Role, RoleKeys> roles() throws IOException {
        return roots.newest().roles();
    }

    /** Version and expiry of the newest root. */
    public RepositoryFacts.Signed root() throws IOException {
        return RepositoryFacts.Signed.of(roots.newest().header());
    }

    /** Stages the next root: other keys, other thresholds, or a later expiry. What was staged before is dropped. */
    public void stageRoot(Map<Role, RoleKeys> roles, Lifetimes lifetimes, Instant now) throws IOException {
        next.stage(roles, lifetimes, now);
    }

    /**
     * The staged root, to be signed elsewhere; see {@link SignedDocument}.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}
     */
    public byte[] exportRoot() throws IOException {
        return next.export();
    }

    /** How many of its keys, and of those of the root before, have signed the staged root; empty if none is staged. */
    public Optional<SigningProgress> stagedRoot() throws IOException {
        return next.progress();
    }

    /**
     * Signs the staged root with those of {@code signers} that speak for it.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}
     */
    public void signRoot(List<Signer> signers) throws IOException {
        next.sign(signers);
    }

    /**
     * Takes over the signatures of an exported copy that count.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}, {@link PublishCode#NOT_STAGED}, {@link PublishCode#NO_SIGNATURE}
     */
    public void joinRoot(byte[] copy) throws IOException {
        next.join(copy);
    }

    /**
     * Publishes the staged root. Assignments that keys signed which it takes away are signed anew with {@link #assign}.
     *
     * @throws TrustException {@link PublishCode#NOTHING_STAGED}, {@link PublishCode#ISSUED_AHEAD}, or a {@link TrustCode} if
     *     too few keys have signed it
     */
    public void publishRoot(Instant now) throws IOException {
        next.publish(now);
    }

    /** All roots by file name, the first one, too. */
    public Map<String, byte[]> roots() throws IOException {
        return roots.all();
    }

    /** The bytes of the first root: the trust anchor for gateways. */
    public byte[] anchor() throws IOException {
        return roots.first();
    }

    /**
     * Signs the device's next assignment. Its version is the larger of the last one plus 1 and the seconds since 1970.
     *
     * @param signers enough of the targets keys
     * @return the assignment as gateways read it: its items in order of path
     * @throws TrustException           {@link PublishCode#TOO_FEW_SIGNATURES}
     * @throws IllegalArgumentException if the draft is malformed, such as a symbolic name that is there twice
     */
    public Assignment assign(AssignmentDraft draft, List<Signer> signers, Lifetimes lifetimes, Instant now)
            throws IOException {
        long before = current(draft.device()).map(Assignment::version).orElse(0L);
        SignedAssignment signed = new AssignmentSigner(roots.newest(), signers, lifetimes).sign(draft, before, now);
        // Read back: what a gateway would refuse is not signed into the world.
        Assignment readBack = signed.readBack();
        Files.createDirectories(file(draft.device()).getParent());
        DurableFile.write(file(draft.device()), signed.bytes());
        return readBack;
    }

    /** The device's newest assignment. */
    public Optional<Assignment> current(String device) throws IOException {
        Optional<byte[]> bytes = DurableFile.read(file(device), Document.ASSIGNMENT.maxBytes);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(AssignmentJson.read(TargetsMetadata.parse(envelope(bytes.get()), Document.ASSIGNMENT)));
    }

    /**
     * Gives up a device: its assignment can no longer be packed or fetched. What was handed out before is valid until it
     * expires.
     *
     * @return its last assignment; empty if it had none
     */
    public Optional<Assignment> retire(String device) throws IOException {
        Optional<Assignment> last = current(device);
        DurableFile.delete(file(device));
        return last;
    }

    /**
     * All roots and the device's assignment, by file name: what a pack carries.
     *
     * @throws TrustException {@link PublishCode#NO_ASSIGNMENT}
     */
    public Map<String, byte[]> files(String device) throws IOException {
        Map<String, byte[]> all = new TreeMap<>(roots.all());
        all.put(
                TargetsMetadata.FILE,
                DurableFile.read(file(device), Document.ASSIGNMENT.maxBytes)
                        .orElseThrow(() -> new TrustException(
                                PublishCode.NO_ASSIGNMENT, "nothing is assigned to device " + device)));
        return all;
    }

    /** The metadata, as the device fetches it. */
    public MetadataSource metadata(String device) {
        return (name, maxBytes) -> name.equals(TargetsMetadata.FILE)
                ? DurableFile.read(file(device), maxBytes)
                : metadata.fetch(name, maxBytes);
    }

    private static Envelope envelope(byte[] bytes) throws TrustException {
        return Envelope.parse(Repository.DIRECTOR.nameOf(TargetsMetadata.FILE), Document.ASSIGNMENT, bytes);
    }

    private Path file(String device) {
        Names.requireSha256(device);
        return assignments.resolve(device).resolve(TargetsMetadata.FILE);
    }
}
