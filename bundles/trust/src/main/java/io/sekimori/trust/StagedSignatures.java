package io.sekimori.trust;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who must sign what is staged, and how many have: here, or elsewhere on a copy. One writer at a time. */
record StagedSignatures(Staging staging, RootFiles roots, StagedReleases releases) {

    /** Adds the signatures of those that speak for what is staged; answers how far all of it is. */
    SigningProgress sign(List<Signer> signers) throws IOException {
        for (String document : staging.all().keySet()) {
            List<RoleKeys> keys = keys(document);
            List<Signer> theirs = signers.stream()
                    .filter(signer -> keys.stream()
                            .anyMatch(role ->
                                    role.keys().containsKey(signer.publicKey().keyId())))
                    .toList();
            if (!theirs.isEmpty()) {
                staging.file(document).sign(theirs);
            }
        }
        Map<String, SigningProgress> progress = progress();
        if (progress.isEmpty()) {
            staging.file(Staging.TARGETS).required();
        }
        return new SigningProgress(
                progress.values().stream().mapToLong(SigningProgress::signed).sum(),
                progress.values().stream().mapToLong(SigningProgress::needed).sum());
    }

    /** How far each staged document is, root first. */
    Map<String, SigningProgress> progress() throws IOException {
        Map<String, SigningProgress> progress = new LinkedHashMap<>();
        for (Map.Entry<String, Envelope> staged : staging.all().entrySet()) {
            progress.put(staged.getKey(), CommonProgress.of(keys(staged.getKey()), staged.getValue()));
        }
        return progress;
    }

    /** Takes over the signatures of an exported copy that count; answers which document it is. */
    String join(byte[] copy) throws IOException {
        Envelope signed = SignedDocument.parse(copy);
        for (Map.Entry<String, Envelope> staged : staging.all().entrySet()) {
            if (Arrays.equals(staged.getValue().message(), signed.message())) {
                Map<String, String> valid = new TreeMap<>();
                for (RoleKeys keys : keys(staged.getKey())) {
                    valid.putAll(keys.valid(signed));
                }
                if (valid.isEmpty()) {
                    throw new TrustException(
                            PublishCode.NO_SIGNATURE, "no signature is of a key that speaks for " + staged.getKey());
                }
                staging.file(staged.getKey()).join(valid);
                return staged.getKey();
            }
        }
        throw new TrustException(PublishCode.NOT_STAGED, "the file is not one that is staged now");
    }

    // A root is signed by enough keys of the one before and by enough of its own (5.3.4).
    private List<RoleKeys> keys(String document) throws IOException {
        RootMetadata newest = roots.newest();
        RootMetadata next = staging.root().orElse(newest);
        return switch (document) {
            case Staging.ROOT ->
                List.of(newest.roles().get(Role.ROOT), next.roles().get(Role.ROOT));
            case Staging.TARGETS -> List.of(next.roles().get(Role.TARGETS));
            default -> List.of(releases.delegation(document).keys());
        };
    }
}
