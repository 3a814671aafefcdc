package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The next root of a repository whose root alone is signed by people, while they sign it one after the other. One writer
 * at a time.
 */
record StagedRoot(StagedFile file, RootFiles roots) {

    void stage(Map<Role, RoleKeys> roles, Lifetimes lifetimes, Instant now) throws IOException {
        file.stage(roots.json(roots.newest().version() + 1, roles, now, now.plus(lifetimes.root())));
    }

    byte[] export() throws IOException {
        return file.required().bytes();
    }

    /** How far it is; empty if none is staged. */
    Optional<SigningProgress> progress() throws IOException {
        forgetPublished();
        Optional<Envelope> staged = file.load();
        if (staged.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(CommonProgress.of(keys(staged.get()), staged.get()));
    }

    /** Signs with those of {@code signers} whose signature counts. */
    void sign(List<Signer> signers) throws IOException {
        List<Signer> theirs = new ArrayList<>();
        for (RoleKeys keys : keys(file.required())) {
            theirs.addAll(keys.among(signers));
        }
        file.sign(theirs.stream().distinct().toList());
    }

    /** Takes over the signatures of an exported copy that count. */
    void join(byte[] copy) throws IOException {
        Envelope signed = SignedDocument.parse(copy);
        if (!Arrays.equals(file.required().message(), signed.message())) {
            throw new TrustException(PublishCode.NOT_STAGED, "the file is not the root that is staged now");
        }
        Map<String, String> valid = new TreeMap<>();
        for (RoleKeys keys : keys(signed)) {
            valid.putAll(keys.valid(signed));
        }
        if (valid.isEmpty()) {
            throw new TrustException(PublishCode.NO_SIGNATURE, "no signature is of a key that speaks for the root");
        }
        file.join(valid);
    }

    /** Publishes it. */
    void publish(Instant now) throws IOException {
        byte[] root = export();
        roots.successor(root).header().requireNotAhead(now);
        roots.follow(root);
        file.discard();
    }

    // A root is signed by enough keys of the one before and by enough of its own (5.3.4).
    private List<RoleKeys> keys(Envelope staged) throws IOException {
        RootMetadata next = RootMetadata.parse(roots.repository(), staged.name, staged.bytes());
        return List.of(roots.newest().roles().get(Role.ROOT), next.roles().get(Role.ROOT));
    }

    // A cut between the two steps that publish a root leaves it staged, too.
    private void forgetPublished() throws IOException {
        Optional<Envelope> staged = file.load();
        if (staged.isPresent()
                && Arrays.equals(staged.get().bytes(), roots.newest().envelope().bytes())) {
            file.discard();
        }
    }
}
