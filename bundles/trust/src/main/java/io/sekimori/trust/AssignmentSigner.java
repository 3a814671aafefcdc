package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Signs assignments with the director's keys. Thread-safe as far as the signers are. */
public final class AssignmentSigner {

    private final List<Signer> signers;
    private final Lifetimes lifetimes;

    /**
     * A signer for a director whose newest root is this.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES} if these are too few of its targets keys
     */
    AssignmentSigner(RootMetadata root, List<Signer> signers, Lifetimes lifetimes) throws TrustException {
        RoleKeys keys = root.roles().get(Role.TARGETS);
        this.signers = keys.among(signers);
        this.lifetimes = lifetimes;
        long distinct = this.signers.stream().map(Signer::publicKey).distinct().count();
        if (distinct < keys.threshold()) {
            throw new TrustException(
                    PublishCode.TOO_FEW_SIGNATURES,
                    distinct + " of the director's targets keys are here, needed are " + keys.threshold());
        }
    }

    /**
     * Signs a device's next assignment. Its version is the larger of {@code above} plus 1 and the seconds since 1970.
     *
     * @param above every version that was ever given to the device, as far as known; 0 for none
     * @throws IllegalArgumentException if the draft is malformed, such as a symbolic name that is there twice
     * @throws IOException if a key cannot be used
     */
    public SignedAssignment sign(AssignmentDraft draft, long above, Instant now) throws IOException {
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS);
        Assignment assignment = new Assignment(
                Versions.after(above, now),
                issued,
                issued.plus(lifetimes.assignment()),
                draft.device(),
                draft.model(),
                draft.items(),
                draft.configurations(),
                draft.takesBack());
        return new SignedAssignment(assignment, SignedFile.bytes(AssignmentJson.write(assignment), signers));
    }
}
