package io.sekimori.trust;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a release repository holds, for people.
 *
 * @param roles    the newest metadata of each role
 * @param releases all published releases, in order of path
 * @param support  until when there will be updates, as published
 */
public record RepositoryFacts(Map<Role, Signed> roles, List<Release> releases, SupportPeriod support) {

    /** One role's newest metadata. */
    public record Signed(long version, Instant expires) {
        static Signed of(Header header) {
            return new Signed(header.version(), header.expires());
        }
    }

    public RepositoryFacts {
        roles = Map.copyOf(roles);
        releases = List.copyOf(releases);
    }
}
