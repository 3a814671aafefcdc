package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds targets that were signed elsewhere to what a gateway and a publisher's repository would, before they are published. */
record NextTargets(RootMetadata root, Optional<Published> published, Instant now) {

    /** Empty if it is what is published. */
    Optional<List<Release>> top(byte[] targets) throws IOException {
        TargetsMetadata next = parse(targets, Document.TARGETS);
        root.requireSigned(next.envelope(), Document.TARGETS); // 5.6.3
        Optional<TargetsMetadata> before = published.map(Published::targets);
        return judged(next, before, before);
    }

    /** The same of a role that the published targets delegate to. */
    Optional<List<Release>> delegated(String role, byte[] file) throws IOException {
        Delegation delegation =
                published.map(Published::targets).map(TargetsMetadata::delegations).orElse(List.of()).stream()
                        .filter(each -> each.role().equals(role))
                        .findFirst()
                        .orElseThrow(() -> new TrustException(
                                PublishCode.DELEGATION_UNKNOWN,
                                "the published targets delegate nothing to the role " + Refusal.harmless(role)));
        TargetsMetadata next = parse(file, Document.DELEGATED);
        delegation.keys().requireSigned(next.envelope(), Document.DELEGATED.signatures);
        if (!next.delegations().isEmpty()) {
            throw new TrustException(
                    TrustCode.TARGETS_DELEGATIONS,
                    next.envelope().name + " delegates on; a console takes delegations of the top alone");
        }
        for (String path : next.targets().names()) {
            if (!delegation.covers(path)) {
                throw new TrustException(
                        PublishCode.NOT_DELEGATED, Refusal.harmless(path) + " is not a name of " + delegation.role());
            }
        }
        Optional<TargetsMetadata> before =
                published.flatMap(files -> Optional.ofNullable(files.delegated().get(role)));
        // What other keys signed before is no promise of these.
        Optional<TargetsMetadata> own = before.filter(
                kept -> delegation.keys().progress(kept.envelope()).complete());
        return judged(next, before, own);
    }

    static TargetsMetadata parse(byte[] bytes, Document document) throws TrustException {
        String name = Repository.RELEASE.nameOf(
                document == Document.TARGETS ? TargetsMetadata.FILE : "the file of a delegated role");
        return TargetsMetadata.parse(Envelope.parse(name, document, bytes), document);
    }

    private Optional<List<Release>> judged(
            TargetsMetadata next, Optional<TargetsMetadata> before, Optional<TargetsMetadata> own) throws IOException {
        next.header().requireFresh(now); // 5.6.5
        next.header().requireNotAhead(now);
        if (before.isPresent()
                && Arrays.equals(
                        before.get().envelope().bytes(), next.envelope().bytes())) {
            return Optional.empty();
        }
        long version = before.map(file -> file.header().version()).orElse(0L);
        if (next.header().version() <= version) {
            throw new TrustException(
                    PublishCode.TARGETS_NOT_NEWER,
                    next.envelope().name + " has version " + next.header().version() + ", published is " + version);
        }
        List<Release> releases = releases(next);
        Succession.require(own.isPresent() ? releases(own.get()) : List.of(), releases, others(before));
        return Optional.of(releases);
    }

    /** What is published by everybody else. */
    private Collection<Release> others(Optional<TargetsMetadata> before) throws IOException {
        Map<String, Release> all =
                published.map(files -> files.catalog().byPath()).orElse(Map.of());
        List<Release> own = before.isPresent() ? releases(before.get()) : List.of();
        return all.values().stream().filter(release -> !own.contains(release)).toList();
    }

    private static List<Release> releases(TargetsMetadata metadata) throws TrustException {
        return List.copyOf(ReleaseCatalog.of(metadata).byPath().values());
    }
}
