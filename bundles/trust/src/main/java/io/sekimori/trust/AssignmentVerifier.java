package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges an assignment that came without its repository, as far as that goes: by the director's newest root that the gateway has
 * followed. So what anybody may have sent is told from what is worth an update's try. Whether it is fresh and its releases are
 * vouched for is not said: {@link UpdateVerifier} says all. Changes nothing, and reads nothing but the gateway's trusted metadata. Thread-safe.
 */
public final class AssignmentVerifier {

    private final TrustedFiles trusted;
    private final byte[] anchor;

    /**
     * @param metadata the unit's {@code state/metadata}
     * @param directorAnchor the bytes of {@code trust/director.json}
     */
    public AssignmentVerifier(Path metadata, byte[] directorAnchor) {
        this.trusted = new TrustedDirectory(metadata.resolve("director"));
        this.anchor = directorAnchor.clone();
    }

    /**
     * Why it would be refused; empty if nothing of it speaks against a try.
     *
     * @param bytes as received
     * @throws IOException if what the gateway trusts cannot be read
     */
    public Optional<Refusal> refusal(byte[] bytes, UnitFacts unit) throws IOException {
        MetadataSource alone =
                (name, maxBytes) -> name.equals(TargetsMetadata.FILE) ? Optional.of(bytes.clone()) : Optional.empty();
        try {
            DirectorClient client = new DirectorClient(trusted, alone, UpdateTime.of(Instant.EPOCH));
            UpdateVerifier.requireForUnit(client.refresh(anchor).assignment(), unit);
            return Optional.empty();
        } catch (TrustException e) {
            return Optional.of(e.refusal());
        }
    }

    /**
     * Whether what was refused for its signatures is somebody's who has no right to it, or had one before a root took a key away. What may be
     * right by a root that this unit has yet to follow is not.
     *
     * @param bytes as received
     */
    public boolean isForged(byte[] bytes) {
        try {
            return RootChain.load(Repository.DIRECTOR, anchor, trusted, TrustCode.STATE_ROOT_BROKEN)
                    .isForged(Envelope.parse("assignment", Document.ASSIGNMENT, bytes));
        } catch (IOException e) {
            return false; // nothing is known of any key then
        }
    }
}
