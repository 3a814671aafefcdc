package io.sekimori.releases.repository;

import io.sekimori.releases.RepositoryState;
import io.sekimori.trust.Publisher;
import io.sekimori.trust.RepositoryFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the repositories stand on, for callers of the api. */
final class States {

    private States() {}

    static RepositoryState of(
            RepositoryFacts releases, RepositoryFacts.Signed directorRoot, List<Publisher> publishers) {
        Map<String, RepositoryState.Signed> roles = new HashMap<>();
        releases.roles().forEach((role, signed) -> roles.put(role.word(), signed(signed)));
        roles.put("director-root", signed(directorRoot));
        return new RepositoryState(
                roles,
                publishers.stream().map(States::publisher).toList(),
                releases.support().ends());
    }

    private static RepositoryState.Publisher publisher(Publisher publisher) {
        return new RepositoryState.Publisher(
                publisher.role(),
                publisher.patterns(),
                publisher.keyIds(),
                publisher.threshold(),
                publisher.published().map(States::signed));
    }

    private static RepositoryState.Signed signed(RepositoryFacts.Signed signed) {
        return new RepositoryState.Signed(signed.version(), signed.expires());
    }
}
