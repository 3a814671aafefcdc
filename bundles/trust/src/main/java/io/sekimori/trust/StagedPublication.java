package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Brings what is staged and signed by enough keys to gateways; what lacks signatures stays where it is. */
record StagedPublication(MetadataFiles metadata, RootFiles roots, Staging staging, StagedSignatures signatures) {

    void publish(List<Signer> signers, Lifetimes lifetimes, Instant now) throws IOException {
        forgetPublishedRoot();
        Map<String, SigningProgress> progress = signatures.progress();
        boolean newRoot = complete(progress, Staging.ROOT);
        byte[] rootBytes = newRoot ? staging.file(Staging.ROOT).required().bytes() : new byte[0];
        RootMetadata root = newRoot ? roots.successor(rootBytes) : roots.newest();

        Optional<Published> before = Published.load(metadata);
        boolean newTargets = complete(progress, Staging.TARGETS) && signedFor(root);
        Optional<TargetsMetadata> targets =
                newTargets ? staging.targets(Staging.TARGETS) : before.map(Published::targets);
        if (newRoot) {
            root.header().requireNotAhead(now);
        }
        if (newTargets) {
            targets.orElseThrow().header().requireNotAhead(now);
        }
        Map<String, TargetsMetadata> ready = targets.isPresent() ? ready(targets.get(), progress) : Map.of();
        if (!newRoot && !newTargets && ready.isEmpty()) {
            throw tooFew(progress);
        }
        Map<String, byte[]> files = Map.of();
        Publication publication = new Publication(metadata, root, signers, lifetimes, now);
        if (targets.isPresent()) {
            Map<String, TargetsMetadata> delegated =
                    new TreeMap<>(before.map(Published::delegated).orElse(Map.of()));
            delegated.putAll(ready);
            // All is signed before anything is written: what cannot be finished is not begun.
            files = publication.files(targets.get(), delegated, before);
        }
        if (newRoot) {
            roots.follow(rootBytes);
            staging.file(Staging.ROOT).discard();
        }
        publication.save(files);
        if (newTargets) {
            staging.file(Staging.TARGETS).discard();
        }
        for (String role : ready.keySet()) {
            staging.file(role).discard();
        }
    }

    // A cut between the two steps that publish a root leaves it staged, too.
    private void forgetPublishedRoot() throws IOException {
        Optional<Envelope> root = staging.file(Staging.ROOT).load();
        if (root.isPresent()
                && Arrays.equals(root.get().bytes(), roots.newest().envelope().bytes())) {
            staging.file(Staging.ROOT).discard();
        }
    }

    // What the next root's keys signed waits for that root.
    private boolean signedFor(RootMetadata root) throws IOException {
        Envelope targets = staging.file(Staging.TARGETS).required();
        return root.roles().get(Role.TARGETS).progress(targets).complete();
    }

    private static boolean complete(Map<String, SigningProgress> progress, String document) {
        return progress.containsKey(document) && progress.get(document).complete();
    }

    /** The staged files of publishers that are signed as these targets, which gateways will see with them, demand. */
    private Map<String, TargetsMetadata> ready(TargetsMetadata targets, Map<String, SigningProgress> progress)
            throws IOException {
        Map<String, TargetsMetadata> ready = new TreeMap<>();
        for (Delegation delegation : targets.delegations()) {
            if (progress.containsKey(delegation.role())) {
                TargetsMetadata role = staging.targets(delegation.role()).orElseThrow();
                if (delegation.keys().progress(role.envelope()).complete()) {
                    ready.put(delegation.role(), role);
                }
            }
        }
        return ready;
    }

    private TrustException tooFew(Map<String, SigningProgress> progress) throws IOException {
        if (progress.isEmpty()) {
            staging.file(Staging.TARGETS).required();
        }
        String waiting = progress.entrySet().stream()
                .filter(document -> !document.getValue().complete())
                .map(document ->
                        document.getKey() + " by " + document.getValue().signed() + " of "
                                + document.getValue().needed())
                .collect(Collectors.joining(", "));
        return new TrustException(PublishCode.TOO_FEW_SIGNATURES, "not enough have signed: " + waiting);
    }
}
