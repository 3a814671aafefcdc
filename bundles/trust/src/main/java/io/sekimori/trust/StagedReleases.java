package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a publisher changes before it is published, and who must sign it. One writer at a time. */
record StagedReleases(Staging staging, RootFiles roots, MetadataSource published) {

    /** The staged content of targets or of a delegated role, else the published one. */
    TargetsDraft draft(String document) throws IOException {
        Optional<TargetsMetadata> staged = staging.targets(document);
        Optional<TargetsMetadata> newest = staged.isPresent() ? staged : metadata(document);
        return newest.isPresent() ? TargetsDraft.of(newest.get()) : TargetsDraft.EMPTY;
    }

    void stage(String document, TargetsDraft draft, Lifetimes lifetimes, Instant now) throws IOException {
        long version =
                metadata(document).map(metadata -> metadata.header().version()).orElse(0L) + 1;
        staging.file(document).stage(draft.json(version, now, now.plus(lifetimes.targets())));
    }

    void stageRoot(Map<Role, RoleKeys> roles, Lifetimes lifetimes, Instant now) throws IOException {
        RootMetadata newest = roots.newest();
        staging.file(Staging.ROOT).stage(roots.json(newest.version() + 1, roles, now, now.plus(lifetimes.root())));
        boolean otherPublishers = !roles.get(Role.TARGETS).equals(newest.roles().get(Role.TARGETS));
        if (otherPublishers && metadata(Staging.TARGETS).isPresent()) {
            stage(Staging.TARGETS, draft(Staging.TARGETS), lifetimes, now); // those before speak no more
        }
    }

    /** Published releases and those added since, by path. */
    Map<String, Release> releases() throws IOException {
        Map<String, Release> releases = new TreeMap<>();
        Published.load(published)
                .ifPresent(newest -> releases.putAll(newest.catalog().byPath()));
        for (String document : staging.all().keySet()) {
            Optional<TargetsMetadata> staged =
                    document.equals(Staging.ROOT) ? Optional.empty() : staging.targets(document);
            if (staged.isPresent()) {
                releases.putAll(ReleaseCatalog.of(staged.get()).byPath());
            }
        }
        return releases;
    }

    /** What is handed on to that role. */
    Delegation delegation(String role) throws IOException {
        return draft(Staging.TARGETS).delegations().stream()
                .filter(delegation -> delegation.role().equals(role))
                .findFirst()
                .orElseThrow(() ->
                        new TrustException(PublishCode.DELEGATION_UNKNOWN, "nothing is delegated to the role " + role));
    }

    void sign(List<Signer> signers) throws IOException {
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
    }

    /** How far each staged document is, root first. */
    Map<String, SigningProgress> progress() throws IOException {
        Map<String, SigningProgress> progress = new LinkedHashMap<>();
        for (Map.Entry<String, Envelope> staged : staging.all().entrySet()) {
            long signed = 0;
            long needed = 0;
            for (RoleKeys keys : keys(staged.getKey())) {
                SigningProgress of = keys.progress(staged.getValue());
                signed += Math.min(of.signed(), of.needed());
                needed += of.needed();
            }
            progress.put(staged.getKey(), new SigningProgress(signed, needed));
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
            default -> List.of(delegation(document).keys());
        };
    }

    private Optional<TargetsMetadata> metadata(String document) throws IOException {
        Optional<Published> newest = Published.load(published);
        return document.equals(Staging.TARGETS)
                ? newest.map(Published::targets)
                : newest.flatMap(files -> Optional.ofNullable(files.delegated().get(document)));
    }
}
