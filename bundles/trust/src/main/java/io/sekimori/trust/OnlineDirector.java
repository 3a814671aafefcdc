package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The director where its targets key is online: takes roots that were signed elsewhere, and signs assignments. The state
 * is in the files alone.
 */
public final class OnlineDirector {

    private final RootFiles roots;

    /** A director whose roots are in these files. */
    public OnlineDirector(MetadataFiles files) {
        roots = new RootFiles(Repository.DIRECTOR, files);
    }

    /** As {@link OnlineReleases#begin}. */
    public void begin(byte[] root) throws IOException {
        roots.begin(root);
    }

    /** As {@link OnlineReleases#follow}. */
    public boolean follow(byte[] root, Instant now) throws IOException {
        return OnlineReleases.follow(roots, root, now);
    }

    /** The newest root. */
    public RepositoryFacts.Signed root() throws IOException {
        return RepositoryFacts.Signed.of(roots.newest().header());
    }

    /** The keys that the newest root names for assignments, mandates and the time. */
    public RoleKeys keys() throws IOException {
        return roots.newest().roles().get(Role.TARGETS);
    }

    /**
     * Signs a mandate with those of {@code signers} that the newest root names.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public byte[] mandate(Mandate mandate, List<Signer> signers) throws IOException {
        return SignedFile.bytes(mandate.json(), among(signers));
    }

    /**
     * Says what time it is with those of {@code signers} that the newest root names; to be kept, since anyone may ask.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public TimeSigner time(List<Signer> signers) throws IOException {
        return new TimeSigner(among(signers));
    }

    private List<Signer> among(List<Signer> signers) throws IOException {
        RoleKeys keys = keys();
        if (!keys.enough(signers)) {
            throw new TrustException(
                    PublishCode.TOO_FEW_SIGNATURES,
                    "needed are " + keys.threshold() + " of the director's targets keys");
        }
        return keys.among(signers);
    }

    /**
     * Signs with those of {@code signers} that the newest root names.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public AssignmentSigner signer(List<Signer> signers, Lifetimes lifetimes) throws IOException {
        return new AssignmentSigner(roots.newest(), signers, lifetimes);
    }
}
