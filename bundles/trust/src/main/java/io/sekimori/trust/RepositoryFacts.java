package io.sekimori.trust;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Of a repository with this root, that has published this, whether or not it has expired. */
    static RepositoryFacts of(RootMetadata root, Optional<Published> published) {
        Map<Role, Signed> roles = new EnumMap<>(Role.class);
        roles.put(Role.ROOT, Signed.of(root.header()));
        published.ifPresent(newest -> newest.addTo(roles));
        return new RepositoryFacts(
                roles,
                published
                        .map(newest -> List.copyOf(newest.catalog().byPath().values()))
                        .orElse(List.of()),
                published.map(newest -> newest.targets().support()).orElse(SupportPeriod.UNKNOWN));
    }
}
