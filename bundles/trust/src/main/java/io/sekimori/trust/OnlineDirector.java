package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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

    /**
     * Signs a mandate with those of {@code signers} that the newest root names.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public byte[] mandate(Mandate mandate, List<Signer> signers) throws IOException {
        return signed(mandate.json(), signers);
    }

    /**
     * Signs what time it is, as a mandate.
     *
     * @throws TrustException {@link PublishCode#TOO_FEW_SIGNATURES}
     */
    public byte[] time(TimeStatement statement, List<Signer> signers) throws IOException {
        return signed(statement.json(), signers);
    }

    private byte[] signed(Map<String, ?> json, List<Signer> signers) throws IOException {
        RoleKeys keys = roots.newest().roles().get(Role.TARGETS);
        List<Signer> among = keys.among(signers);
        if (among.stream().map(Signer::publicKey).distinct().count() < keys.threshold()) {
            throw new TrustException(
                    PublishCode.TOO_FEW_SIGNATURES,
                    "needed are " + keys.threshold() + " of the director's targets keys");
        }
        return SignedFile.bytes(json, among);
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
