package io.sekimori.trust;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows the roots of one repository from the trust anchor on (5.3). Every root after the anchor is kept, and the way
 * is walked again each time: whoever can write the state directory cannot slip in a root that was never signed.
 * Confined to one thread.
 */
final class RootChain {

    /** 5.3.3: the most new roots in one update. */
    static final int MAX_NEW_ROOTS = 1_024;

    private final Repository repository;
    private final TrustedFiles trusted;
    private final TrustCode broken;
    private final Map<String, byte[]> followed = new TreeMap<>();
    private RootMetadata current;
    private final Set<String> targetsKeys = new HashSet<>();
    private long targetsKeysSince;

    private RootChain(Repository repository, TrustedFiles trusted, TrustCode broken, RootMetadata anchor) {
        this.repository = repository;
        this.trusted = trusted;
        this.broken = broken;
        this.current = anchor;
        this.targetsKeysSince = anchor.version();
        targetsKeys.addAll(anchor.roles().get(Role.TARGETS).keys().keySet());
    }

    /**
     * Starts at the anchor and goes on to the newest root trusted before.
     *
     * @param broken the refusal if one of these no longer follows
     */
    static RootChain load(Repository repository, byte[] anchor, TrustedFiles trusted, TrustCode broken)
            throws IOException {
        RootChain chain = new RootChain(repository, trusted, broken, anchor(repository, anchor));
        Optional<byte[]> next = trusted.load(chain.nextFile(), Document.ROOT.maxBytes);
        while (next.isPresent()) {
            chain.followTrusted(next.get());
            next = trusted.load(chain.nextFile(), Document.ROOT.maxBytes);
        }
        return chain;
    }

    // 5.2: it came out of band with the unit; its expiry does not matter, but it must be a whole root.
    private static RootMetadata anchor(Repository repository, byte[] bytes) throws TrustException {
        try {
            RootMetadata anchor = RootMetadata.parse(repository, "trust anchor", bytes);
            anchor.requireSigned(anchor.envelope(), Document.ROOT);
            return anchor;
        } catch (TrustException e) {
            throw new TrustException(TrustCode.ANCHOR_BROKEN, e.refusal().detail(), e);
        }
    }

    /** 5.3.3 to 5.3.9 and 5.3.11: follows the repository to its newest root. Whether that has expired is the caller's to judge (5.3.10). */
    RootMetadata follow(Fetch fetch) throws IOException {
        Optional<byte[]> next = fetch.optional(nextFile(), Document.ROOT.maxBytes);
        for (int i = 0; next.isPresent(); i++) {
            if (i == MAX_NEW_ROOTS) {
                throw new TrustException(
                        TrustCode.ROOT_TOO_MANY,
                        "stopped at " + current.envelope().name + "; the next try goes on from there");
            }
            followNew(next.get());
            next = fetch.optional(nextFile(), Document.ROOT.maxBytes);
        }
        return current;
    }

    /** The newest root so far. */
    RootMetadata current() {
        return current;
    }

    /** The version of the root that last took a key of the targets away; the anchor's if none did. */
    long targetsKeysSince() {
        return targetsKeysSince;
    }

    /**
     * Whether no mistake explains that this was refused for its signatures. It has none, or one that is not right of a key that
     * speaks for the targets, or one of a key that a root took away. Where it names a key that was never heard of, or has good ones but too few,
     * the next root may tell that it is right.
     */
    boolean isForged(Envelope envelope) {
        Set<String> named = envelope.signatures().keySet();
        Set<String> good = current.roles().get(Role.TARGETS).valid(envelope).keySet();
        return named.isEmpty() || targetsKeys.containsAll(named) && !good.containsAll(named);
    }

    /** The roots after the anchor, as received, by file name. */
    Map<String, byte[]> followed() {
        return Map.copyOf(followed);
    }

    private void followTrusted(byte[] bytes) throws TrustException {
        try {
            follow(successor(bytes));
        } catch (TrustException e) {
            throw new TrustException(broken, e.refusal().toString(), e);
        }
    }

    private void followNew(byte[] bytes) throws IOException {
        RootMetadata next = successor(bytes);
        // 5.3.11, before the new root is kept: a cut between the two must not leave the recovery undone.
        if (repository.recovered.stream()
                .anyMatch(role ->
                        next.roles().get(role).rotatedSince(current.roles().get(role)))) {
            for (String file : repository.forgotten) {
                trusted.delete(file);
            }
        }
        trusted.save(nextFile(), bytes); // 5.3.8
        follow(next);
    }

    // 5.3.4, 5.3.5; 5.3.6: the expiry of a root on the way does not matter.
    private RootMetadata successor(byte[] bytes) throws TrustException {
        RootMetadata next = RootMetadata.parse(repository, nextFile(), bytes);
        current.requireSuccessor(next);
        return next;
    }

    private void follow(RootMetadata next) {
        if (next.roles().get(Role.TARGETS).rotatedSince(current.roles().get(Role.TARGETS))) {
            targetsKeysSince = next.version();
        }
        targetsKeys.addAll(next.roles().get(Role.TARGETS).keys().keySet());
        followed.put(nextFile(), next.envelope().bytes());
        current = next;
    }

    private String nextFile() {
        return (current.version() + 1) + ".root.json";
    }
}
