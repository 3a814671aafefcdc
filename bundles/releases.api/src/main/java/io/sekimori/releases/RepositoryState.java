package io.sekimori.releases;

import java.time.Instant;
import java.util.Map;

/**
 * What the repository stands on.
 *
 * @param roles the newest metadata of each role: {@code root}, {@code targets}, {@code snapshot}, {@code timestamp} and
 *     {@code director-root}; one that does not exist yet is absent
 */
public record RepositoryState(Map<String, Signed> roles) {

    /** One role's newest metadata. */
    public record Signed(long version, Instant expires) {}

    public RepositoryState {
        roles = Map.copyOf(roles);
    }
}
