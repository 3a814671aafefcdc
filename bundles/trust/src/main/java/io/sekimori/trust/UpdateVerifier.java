package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges an assignment as the gateway does: both TUF clients, their agreement, device and model, versions and floors.
 * What it trusts it keeps in {@code state/metadata}; nothing outside that directory changes.
 *
 * <p>Fail closed: bad input, a failing disk and doubt are refusals, never exceptions. After a refusal the next update
 * is judged as if nothing had been. Thread-safe; one verdict at a time.
 */
public final class UpdateVerifier {

    private final Path metadata;
    private final TrustedMetadata trusted;
    private final Instant built;

    /**
     * A verifier over one unit's trusted metadata.
     *
     * @param metadata       the unit's {@code state/metadata}, created when missing
     * @param releaseAnchor  the bytes of {@code trust/root.json}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public UpdateVerifier(Path metadata, byte[] releaseAnchor, byte[] directorAnchor) {
        this(metadata, releaseAnchor, directorAnchor, Instant.EPOCH);
    }

    /**
     * As {@link #UpdateVerifier(Path, byte[], byte[])}, for who was not there before.
     *
     * @param built no clock stands before it: {@link BuildTime}
     */
    public UpdateVerifier(Path metadata, byte[] releaseAnchor, byte[] directorAnchor, Instant built) {
        this.built = built;
        this.metadata = metadata;
        this.trusted = new TrustedMetadata(metadata, releaseAnchor, directorAnchor);
    }

    /** As {@link #verify(MetadataSource, MetadataSource, UnitFacts, Map, Instant)}, out of a pack. */
    public Acceptance verify(Pack pack, UnitFacts unit, Map<String, Long> floors, Instant now) {
        return verify(pack.releases(), pack.director(), unit, floors, now);
    }

    /**
     * Judges what the sources hold.
     *
     * @param floors the unit's own floors: the least counter accepted, by symbolic name
     * @param now    the start of this update, the one time that every expiry is compared with (TUF 5.1), unless
     *               the director signed something later; nothing is judged by a clock that stands before
     *               {@link #notBefore}
     */
    public Acceptance verify(
            MetadataSource releases, MetadataSource director, UnitFacts unit, Map<String, Long> floors, Instant now) {
        return verify(releases, director, unit, floors, now, Carrier.NETWORK);
    }

    /** The same of what came on that way. */
    public synchronized Acceptance verify(
            MetadataSource releases,
            MetadataSource director,
            UnitFacts unit,
            Map<String, Long> floors,
            Instant now,
            Carrier carrier) {
        try {
            return UpdaterLock.during(metadata, () -> accept(releases, director, unit, floors, now, carrier));
        } catch (TrustException e) {
            return new Acceptance.Refused(e.refusal());
        } catch (IOException e) {
            return new Acceptance.Refused(new Refusal(TrustCode.STATE_FAILED, "trusted metadata: " + e));
        }
    }

    /**
     * The highest versions that were accepted; 0 for what there is none of. Says nothing of whether they would be accepted
     * again.
     *
     * @throws IOException if the disk cannot be read
     */
    public synchronized UnitReport.Trusted trusted() throws IOException {
        return trusted.versions();
    }

    /**
     * What is over for certain: when this software was built, and when offline keys signed the newest of what this unit has
     * verified. It rises, except with a new root of the releases, which begins anew.
     *
     * @throws TrustException if the anchors or the roots kept after them are broken
     * @throws IOException    if the disk cannot be read
     */
    public synchronized Instant notBefore() throws IOException {
        return trusted.notBefore(built);
    }

    private Acceptance accept(
            MetadataSource releases,
            MetadataSource director,
            UnitFacts unit,
            Map<String, Long> floors,
            Instant now,
            Carrier carrier)
            throws IOException {
        UpdateTime time = new UpdateTime(now, built);
        DirectorClient directorClient = new DirectorClient(trusted.director(), director, time);
        DirectorClient.Directed directed = directorClient.refresh(trusted.directorAnchor());
        requireForUnit(directed.assignment(), unit);
        ReleaseClient releaseClient = new ReleaseClient(trusted.releases(), releases, time, carrier);
        RootMetadata root = releaseClient.follow(trusted.releaseAnchor());
        IssuedFloor.load(trusted.releases(), root.version()).ifPresent(kept -> time.notBefore(kept.latest()));
        try {
            directorClient.requireFresh(directed);
            if (carrier instanceof Carrier.Medium medium) {
                medium.requireAsBrought(directed, time.now());
            }
            if (directed.assignment().takesBack().isPresent()) {
                return acceptNothing(directorClient, directed, releaseClient);
            }
            UnitFloors unitFloors = new UnitFloors(unit, floors, time.now());
            return accept(directorClient, directed, releaseClient, releaseClient.refresh(root), unitFloors);
        } finally {
            new IssuedFloor(root.version(), releaseClient.issued()).raise(trusted.releases());
        }
    }

    // The releases have no say in what assigns none of them: however old they are, what is taken back is taken back.
    private static Acceptance acceptNothing(
            DirectorClient directorClient, DirectorClient.Directed directed, ReleaseClient releaseClient)
            throws IOException {
        directorClient.accept(directed);
        return new Acceptance.Accepted(
                directed.assignment(),
                List.of(),
                new Evidence(releaseClient.vouching(), directed.vouching()),
                Optional.empty(),
                Optional.empty());
    }

    private Acceptance accept(
            DirectorClient directorClient,
            DirectorClient.Directed directed,
            ReleaseClient releaseClient,
            TargetSearch search,
            UnitFloors floors)
            throws IOException {
        ReleaseCatalog catalog = ReleaseCatalog.of(directed.assignment().paths(), search);
        List<Release> agreed = Agreement.releases(directed.assignment(), catalog);
        Optional<FloorPermits.Used> permits;
        try {
            permits = floors.permits(agreed, catalog, releaseClient, trusted);
        } catch (TrustException e) {
            throw new Overtaken(directed, search).told(e, floors.below(agreed, catalog), floors.floors());
        }
        directorClient.accept(directed);
        return new Acceptance.Accepted(
                directed.assignment(),
                agreed,
                new Evidence(releaseClient.vouching(), directed.vouching()),
                releaseClient.staleSince(),
                permits);
    }

    /**
     * Whether what was accepted by permit still is: asked before it is confirmed, since it may have taken its time.
     *
     * @param file the permits as they were received
     * @param now  a clock; one that stands before {@link #notBefore} does not make a permit last longer
     * @return why not; empty if it is
     */
    public synchronized Optional<Refusal> refusal(byte[] file, Permit.Item item, UnitFacts unit, Instant now) {
        try {
            Instant over = notBefore();
            return FloorPermits.read(file, trusted.releaseRoot()).refusal(item, unit, now.isBefore(over) ? over : now);
        } catch (TrustException e) {
            return Optional.of(e.refusal());
        } catch (IOException e) {
            return Optional.of(new Refusal(TrustCode.STATE_FAILED, "trusted metadata: " + e));
        }
    }

    static void requireForUnit(Assignment assignment, UnitFacts unit) throws TrustException {
        if (!assignment.device().equals(unit.device())) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_OTHER_DEVICE,
                    "assigned to device " + assignment.device() + ", this is " + unit.device());
        }
        if (!assignment.model().equals(unit.model())) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_OTHER_MODEL,
                    "assigned to model " + assignment.model() + ", this is " + unit.model());
        }
    }
}
