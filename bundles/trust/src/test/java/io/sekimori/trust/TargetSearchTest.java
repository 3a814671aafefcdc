package io.sekimori.trust;

import static io.sekimori.trust.Verdicts.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TUF 5.6.7: the order in which roles are asked. The graphs are those of the public conformance suite: an edge is
 * {@code FROM>TO}, {@code !} behind it terminates, {@code .py} behind it hands on only such names.
 */
class TargetSearchTest {

    private final List<String> asked = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "T>A,                       A",
        "T>A T>B,                   A B",
        "T>A T>B B>C,               A B C",
        "T>A T>B A>C A>D,           A C D B",
        "T>A T>B A>C C>D,           A C D B",
        "T>A T>B A>C! A>D,          A C",
        "T>A T>B A>C! C>D,          A C D",
        "T>A.py T>B A>C,            B",
        "T>A T>B A>C.py C>D,        A B",
        "T>A T>B B>C C>D D>B,       A B C D",
        "T>A T>B B>C A>C,           A C B",
        "T>A T>B B>C A>C.py,        A B C",
    })
    void rolesAreAskedDepthFirstInOrderOfAppearanceEachOnce(String edges, String order) throws Exception {
        assertThat(search(edges, "").first("missing")).isEmpty();

        assertThat(String.join(" ", asked)).isEqualTo(order);
    }

    @Test
    void theFirstRoleThatListsATargetEndsTheSearch() throws Exception {
        assertThat(search("T>A T>B A>C", "C")
                        .first("target")
                        .orElseThrow()
                        .role()
                        .header()
                        .name())
                .isEqualTo("C");

        assertThat(asked).containsExactly("A", "C");
    }

    @Test
    void whatTheTopListsIsNotLookedForBelow() throws Exception {
        assertThat(search("T>A", "T").first("target")).isPresent();

        assertThat(asked).isEmpty();
    }

    @Test
    void aRoleIsReadOnceForAllSearches() throws Exception {
        TargetSearch search = search("T>A", "A");
        search.first("target");
        search.first("missing");

        assertThat(asked).containsExactly("A");
    }

    @Test
    void asManyRolesAsOneSearchMayAskAreAskedAndNotOneMore() throws Exception {
        assertThat(many(TargetSearch.MAX_ROLES).first("missing")).isEmpty();
        assertThat(asked).hasSize(TargetSearch.MAX_ROLES);

        assertRefused(() -> many(TargetSearch.MAX_ROLES + 1).first("missing"), TrustCode.DELEGATIONS_TOO_MANY);
    }

    @Test
    void aChainOfDelegationsIsFollowedNoFurtherEither() throws Exception {
        assertThat(chain(TargetSearch.MAX_ROLES).first("missing")).isEmpty();

        assertRefused(() -> chain(TargetSearch.MAX_ROLES + 1).first("missing"), TrustCode.DELEGATIONS_TOO_MANY);
    }

    @Test
    void everyRoleThatIsDelegatedToIsReachableOnce() throws Exception {
        TargetSearch search = search("T>A T>B.py A>C B>C C>A", "");

        assertThat(search.reachable()).extracting(role -> role.header().name()).containsExactly("T", "A", "B", "C");
        assertThat(search.delegates()).isTrue();
        assertThat(search("A>B", "").delegates()).isFalse();
    }

    @Test
    void prefixesOfThePathsHashHandOnToo() throws Exception {
        String hash = Sha256.hex("target".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(prefixes(hash.substring(0, 3)).covers("target")).isTrue();
        assertThat(prefixes(hash.substring(0, 3)).covers("another")).isFalse();
        assertThat(prefixes("x", hash).covers("target")).isTrue();
    }

    private TargetSearch many(int roles) throws Exception {
        asked.clear();
        List<Delegation> all = new ArrayList<>();
        for (int i = 0; i < roles; i++) {
            all.add(all("role-" + i));
        }
        return search(Map.of("T", all), "");
    }

    private TargetSearch chain(int roles) throws Exception {
        Map<String, List<Delegation>> graph = new HashMap<>(Map.of("T", List.of(all("role-1"))));
        for (int i = 1; i < roles; i++) {
            graph.put("role-" + i, List.of(all("role-" + (i + 1))));
        }
        return search(graph, "");
    }

    private static Delegation all(String role) {
        return new Delegation(role, RoleKeys.of(1), List.of(new PathPattern("*")), List.of(), false);
    }

    private static Delegation prefixes(String... prefixes) {
        return new Delegation("A", RoleKeys.of(1), List.of(), List.of(prefixes), false);
    }

    private TargetSearch search(String edges, String lister) throws Exception {
        Map<String, List<Delegation>> graph = new LinkedHashMap<>();
        for (String edge : edges.split(" ")) {
            String to = edge.substring(2, 3);
            PathPattern pattern = new PathPattern(edge.endsWith(".py") ? "*.py" : "*");
            graph.computeIfAbsent(edge.substring(0, 1), from -> new ArrayList<>())
                    .add(new Delegation(to, RoleKeys.of(1), List.of(pattern), List.of(), edge.endsWith("!")));
        }
        return search(graph, lister);
    }

    private TargetSearch search(Map<String, List<Delegation>> graph, String lister) throws Exception {
        return new TargetSearch(role("T", graph, lister), delegation -> {
            asked.add(delegation.role());
            return role(delegation.role(), graph, lister);
        });
    }

    private static TargetsMetadata role(String name, Map<String, List<Delegation>> graph, String lister)
            throws TrustException {
        Map<String, Object> targets = new HashMap<>();
        if (name.equals(lister)) {
            targets.put("target", Map.of("length", 1L, "hashes", Map.of()));
        }
        Map<String, Object> signed = Map.of(
                "_type", "targets",
                "spec_version", "1.0.34",
                "version", 1L,
                "expires", "2030-01-01T00:00:00Z",
                "targets", targets);
        byte[] bytes = JsonText.bytes(Map.of("signatures", List.of(), "signed", signed));
        TargetsMetadata parsed =
                TargetsMetadata.parse(Envelope.parse(name, Document.DELEGATED, bytes), Document.DELEGATED);
        return new TargetsMetadata(
                parsed.envelope(), parsed.header(), parsed.targets(), graph.getOrDefault(name, List.of()));
    }
}
