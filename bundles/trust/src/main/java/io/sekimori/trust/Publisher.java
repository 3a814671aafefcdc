package io.sekimori.trust;

import java.util.List;
import java.util.Optional;

/**
 * Somebody to whom a release repository hands names on.
 *
 * @param role      the name of the role
 * @param patterns  of the paths that are theirs
 * @param keyIds    who may sign
 * @param threshold how many of them must
 * @param published version and expiry of what they signed last; empty if nothing is published yet
 */
public record Publisher(
        String role,
        List<String> patterns,
        List<String> keyIds,
        long threshold,
        Optional<RepositoryFacts.Signed> published) {

    public Publisher {
        patterns = List.copyOf(patterns);
        keyIds = List.copyOf(keyIds);
    }

    /** Those to whom the published targets hand names on. */
    static List<Publisher> all(Optional<Published> published) {
        return published.map(Published::targets).map(TargetsMetadata::delegations).orElse(List.of()).stream()
                .map(delegation -> of(
                        delegation, published.map(newest -> newest.delegated().get(delegation.role()))))
                .toList();
    }

    private static Publisher of(Delegation delegation, Optional<TargetsMetadata> published) {
        return new Publisher(
                Refusal.harmless(delegation.role()),
                delegation.paths().stream()
                        .map(PathPattern::text)
                        .map(Refusal::harmless)
                        .toList(),
                delegation.keys().keys().keySet().stream().sorted().toList(),
                delegation.keys().threshold(),
                published.map(metadata -> RepositoryFacts.Signed.of(metadata.header())));
    }
}
