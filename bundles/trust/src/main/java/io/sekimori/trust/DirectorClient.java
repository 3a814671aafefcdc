package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The client of the director: the TUF workflow over root and targets alone, whose targets are one unit's assignment.
 * Confined to one thread.
 */
final class DirectorClient {

    private final TrustedFiles trusted;
    private final Fetch fetch;
    private final UpdateTime time;

    DirectorClient(TrustedFiles trusted, MetadataSource source, UpdateTime time) {
        this.trusted = trusted;
        this.fetch = new Fetch(Repository.DIRECTOR, source);
        this.time = time; // 5.1
    }

    /**
     * What is assigned, and the metadata that says so, by file name. Not kept yet: see {@link #accept}.
     *
     * @param after when the one that was accepted before was signed; the beginning of time if there is none, its end if that one
     *     does not say
     */
    record Directed(Assignment assignment, Header root, Header targets, Map<String, byte[]> vouching, Instant after) {}

    /** Verifies all but expiry, which is judged once the time is known: see {@link #requireFresh}. */
    Directed refresh(byte[] anchor) throws IOException {
        RootChain roots = RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN);
        RootMetadata root = roots.follow(fetch); // 5.3
        time.signed(root.header());
        byte[] bytes = fetch.required(TargetsMetadata.FILE, Document.ASSIGNMENT);
        TargetsMetadata targets = TargetsMetadata.assignment(bytes, root);
        Optional<Before> before = before(root);
        if (before.isPresent()) {
            requireNotBefore(targets, before.get());
            before.get().issued().ifPresent(time::atLeast);
        }
        Assignment assignment = AssignmentJson.read(targets);
        time.atLeast(assignment.issued());
        Map<String, byte[]> vouching = new HashMap<>(roots.followed());
        vouching.put(TargetsMetadata.FILE, bytes);
        return new Directed(assignment, root.header(), targets.header(), Map.copyOf(vouching), after(before));
    }

    private static Instant after(Optional<Before> before) {
        return before.isPresent() ? before.get().issued().orElse(Instant.MAX) : Instant.EPOCH;
    }

    /** Refuses what has expired. */
    void requireFresh(Directed directed) throws TrustException {
        time.requireFresh(directed.root()); // 5.3.10
        time.requireFresh(directed.targets());
    }

    /** Keeps the assignment, so that nothing older is accepted from now on; for when all other rules held, too. */
    void accept(Directed directed) throws IOException {
        trusted.save(TargetsMetadata.FILE, directed.vouching().get(TargetsMetadata.FILE));
    }

    /** What was accepted before, as far as it has to be understood: its number, and when it was signed if it says so. */
    private record Before(long version, Optional<Instant> issued, Envelope envelope) {}

    private static void requireNotBefore(TargetsMetadata targets, Before before) throws TrustException {
        long version = targets.header().version();
        long accepted = before.version();
        if (version < accepted) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_ROLLBACK, "assignment " + version + ", accepted before was " + accepted);
        }
        // The same bytes again are a retry.
        if (version == accepted
                && !Arrays.equals(targets.envelope().bytes(), before.envelope().bytes())) {
            throw new TrustException(
                    TrustCode.ASSIGNMENT_VERSION_REUSED, "assignment " + version + " was accepted with other bytes");
        }
    }

    // What a power cut tore, or keys signed that were taken away, is as good as absent. What later software accepted is
    // not, though this one, which was fallen back to, cannot read it: its number is signed, and nothing older may
    // follow.
    private Optional<Before> before(RootMetadata root) throws IOException {
        Optional<byte[]> local = trusted.load(TargetsMetadata.FILE, Document.ASSIGNMENT.maxBytes);
        if (local.isEmpty()) {
            return Optional.empty();
        }
        try {
            Envelope envelope =
                    Envelope.parse(Repository.DIRECTOR.nameOf(TargetsMetadata.FILE), Document.ASSIGNMENT, local.get());
            root.requireSigned(envelope, Document.ASSIGNMENT);
            return Optional.of(new Before(Header.version(envelope.signed), issued(envelope), envelope));
        } catch (TrustException | MalformedJson e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> issued(Envelope envelope) {
        try {
            return Optional.of(TufTime.parse(envelope.signed, Header.ISSUED));
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }
}
