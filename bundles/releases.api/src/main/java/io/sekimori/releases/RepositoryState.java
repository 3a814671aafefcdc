package io.sekimori.releases;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the repository stands on.
 *
 * @param roles the newest metadata of each role: {@code root}, {@code targets}, {@code snapshot}, {@code timestamp} and
 *     {@code director-root}; one that does not exist yet is absent
 * @param publishers to whom the targets hand names on, in the order in which gateways ask them
 * @param support until when there will be updates, by model; {@code *} for those that are not named
 */
public record RepositoryState(Map<String, Signed> roles, List<Publisher> publishers, Map<String, Instant> support) {

    /** One whose publisher does not say until when there will be updates. */
    public RepositoryState(Map<String, Signed> roles, List<Publisher> publishers) {
        this(roles, publishers, Map.of());
    }

    /** One role's newest metadata. */
    public record Signed(long version, Instant expires) {}

    /**
     * Somebody who releases bundles of certain names.
     *
     * @param role the name that the targets give it
     * @param patterns of the paths that are its own
     * @param keyIds who may sign
     * @param threshold how many of them must
     * @param published what they signed last; empty if nothing is here yet
     */
    public record Publisher(
            String role, List<String> patterns, List<String> keyIds, long threshold, Optional<Signed> published) {
        public Publisher {
            patterns = List.copyOf(patterns);
            keyIds = List.copyOf(keyIds);
        }
    }

    public RepositoryState {
        roles = Map.copyOf(roles);
        publishers = List.copyOf(publishers);
        support = Map.copyOf(support);
    }
}
