package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The TUF client of the release repository: the detailed client workflow (5). Confined to one thread. */
final class ReleaseClient {

    private final TrustedFiles trusted;
    private final Fetch fetch;
    private final UpdateTime time;
    private final Freshness freshness;
    private final Map<String, byte[]> vouching = new HashMap<>();
    private boolean consistentSnapshot;
    private Instant issued = Instant.EPOCH;

    ReleaseClient(TrustedFiles trusted, MetadataSource source, UpdateTime time, Carrier carrier) {
        this.trusted = trusted;
        this.fetch = new Fetch(Repository.RELEASE, source);
        this.time = time; // 5.1
        this.freshness = new Freshness(time, carrier);
    }

    /** Updates root, timestamp, snapshot and targets; the answer fetches what is delegated when it is asked for it. */
    TargetSearch refresh(byte[] anchor) throws IOException {
        return refresh(follow(anchor));
    }

    /** The newest root, which may have expired. */
    RootMetadata follow(byte[] anchor) throws IOException {
        RootChain roots = RootChain.load(Repository.RELEASE, anchor, trusted, TrustCode.STATE_ROOT_BROKEN);
        RootMetadata root = roots.follow(fetch); // 5.3
        vouching.putAll(roots.followed());
        signed(root.header());
        return root;
    }

    /** The rest, under the root that was followed to. */
    TargetSearch refresh(RootMetadata root) throws IOException {
        freshness.require(root.header()); // 5.3.10
        consistentSnapshot = root.consistentSnapshot(); // 5.3.12
        TimestampMetadata timestamp = timestamp(root);
        SnapshotMetadata snapshot = snapshot(root, timestamp);
        TargetsMetadata targets = targets(root, snapshot);
        return new TargetSearch(targets, new FetchedRoles(this, root.consistentSnapshot(), snapshot));
    }

    /** Whether the names of files have a version or hash before them (6.2); known once refreshed. */
    boolean consistentSnapshot() {
        return consistentSnapshot;
    }

    /** Since when timestamp or snapshot are past their expiry, where that is told and not refused; empty if they are not. */
    Optional<Instant> staleSince() {
        return freshness.staleSince();
    }

    /** The permits to go below floors, if there are any; not metadata, so nothing but their signatures vouches for them. */
    Optional<byte[]> permits() throws IOException {
        return fetch.optional(FloorPermits.FILE, FloorPermits.MAX_BYTES);
    }

    /** All metadata that was needed so far, as received, by file name. */
    Map<String, byte[]> vouching() {
        return Map.copyOf(vouching);
    }

    /** When offline keys signed the latest of what was verified so far. */
    Instant issued() {
        return issued;
    }

    private void signed(Header header) {
        time.signed(header);
        issued = UpdateTime.later(issued, header.issued().orElse(Instant.EPOCH));
    }

    /** 5.6.7: the kept file of a delegated role if it is still the one that is listed, else the repository's. */
    TargetsMetadata delegated(String kept, String file, FileMeta listed, Reading<TargetsMetadata> reading)
            throws IOException {
        Optional<TargetsMetadata> same = trusted(kept, Document.DELEGATED, reading);
        TargetsMetadata role =
                same.isPresent() ? same.get() : reading.of(fetch.required(file, Document.DELEGATED, listed));
        signed(role.header());
        freshness.require(role.header()); // 5.6.5
        keep(kept, role.envelope());
        return role;
    }

    // 5.4
    private TimestampMetadata timestamp(RootMetadata root) throws IOException {
        Optional<TimestampMetadata> before =
                trusted(TimestampMetadata.FILE, Document.TIMESTAMP, bytes -> TimestampMetadata.signed(bytes, root));
        TimestampMetadata timestamp =
                TimestampMetadata.signed(fetch.required(TimestampMetadata.FILE, Document.TIMESTAMP), root);
        if (before.isPresent()) {
            timestamp.requireNotBefore(before.get());
            if (timestamp.header().version() == before.get().header().version()) {
                timestamp = before.get(); // 5.4.3.1: nothing new, what is trusted stays
            }
        }
        freshness.requireWhereRenewed(
                timestamp.header()); // 5.4.4, also for the one that stays: else a frozen repository passes
        keep(TimestampMetadata.FILE, timestamp.envelope());
        return timestamp;
    }

    // 5.5
    private SnapshotMetadata snapshot(RootMetadata root, TimestampMetadata timestamp) throws IOException {
        Optional<SnapshotMetadata> same = trusted(
                SnapshotMetadata.FILE, Document.SNAPSHOT, bytes -> SnapshotMetadata.signed(bytes, timestamp, root));
        SnapshotMetadata snapshot = same.isPresent() ? same.get() : newSnapshot(root, timestamp);
        freshness.requireWhereRenewed(snapshot.header()); // 5.5.6
        keep(SnapshotMetadata.FILE, snapshot.envelope());
        return snapshot;
    }

    private SnapshotMetadata newSnapshot(RootMetadata root, TimestampMetadata timestamp) throws IOException {
        String file = fileName(root, timestamp.snapshot().version(), SnapshotMetadata.FILE);
        SnapshotMetadata snapshot =
                SnapshotMetadata.signed(fetch.required(file, Document.SNAPSHOT, timestamp.snapshot()), timestamp, root);
        Optional<SnapshotMetadata> before =
                trusted(SnapshotMetadata.FILE, Document.SNAPSHOT, bytes -> SnapshotMetadata.signed(bytes, root));
        if (before.isPresent()) {
            snapshot.requireNotBefore(before.get()); // 5.5.5
        }
        return snapshot;
    }

    // 5.6
    private TargetsMetadata targets(RootMetadata root, SnapshotMetadata snapshot) throws IOException {
        Optional<TargetsMetadata> same =
                trusted(TargetsMetadata.FILE, Document.TARGETS, bytes -> TargetsMetadata.signed(bytes, snapshot, root));
        TargetsMetadata targets = same.isPresent() ? same.get() : newTargets(root, snapshot);
        signed(targets.header());
        freshness.require(targets.header()); // 5.6.5
        keep(TargetsMetadata.FILE, targets.envelope());
        return targets;
    }

    private TargetsMetadata newTargets(RootMetadata root, SnapshotMetadata snapshot) throws IOException {
        String file = fileName(root, snapshot.targets().version(), TargetsMetadata.FILE);
        return TargetsMetadata.signed(fetch.required(file, Document.TARGETS, snapshot.targets()), snapshot, root);
    }

    // 5.4.5, 5.5.7, 5.6.6
    private void keep(String file, Envelope envelope) throws IOException {
        byte[] bytes = envelope.bytes();
        vouching.put(file, bytes);
        Optional<byte[]> local = trusted.load(file, bytes.length);
        if (local.isEmpty() || !Arrays.equals(local.get(), bytes)) {
            trusted.save(file, bytes);
        }
    }

    // 6.2
    private static String fileName(RootMetadata root, long version, String name) {
        return root.consistentSnapshot() ? version + "." + name : name;
    }

    // What is kept on the unit heals: torn by a power cut, or signed by keys that were taken away, it is as good as
    // absent, and the repository's takes its place.
    private <T> Optional<T> trusted(String file, Document document, Reading<T> reading) throws IOException {
        Optional<byte[]> local = trusted.load(file, document.maxBytes);
        if (local.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.of(local.get()));
        } catch (TrustException e) {
            return Optional.empty();
        }
    }

    /** Verifies a file and reads it. */
    interface Reading<T> {
        T of(byte[] bytes) throws TrustException;
    }
}
