package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Census;
import io.sekimori.fleet.Census.Parts;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.rest.Difference.Change;
import io.sekimori.rest.Difference.Step;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What changes on gateways is told by groups of them, the most harmful first. */
class DifferenceTest {

    private static final String BYTES = "a".repeat(64);
    private static final String OTHER = "b".repeat(64);
    private static final String METER = "org.example.meter";

    @Test
    void gatewaysThatRunDifferentVersionsAreToldByGroups() {
        Difference difference = of(
                15,
                List.of(
                        running(METER, "1.2.0", BYTES, 12),
                        running(METER, "1.1.0", BYTES, 3),
                        running("x", "1.0.0", BYTES, 15)),
                item(METER, "1.3.0"),
                item("x", "1.0.0"));

        assertThat(difference.steps())
                .containsExactly(
                        bundle(Change.UP, METER, "1.2.0", "1.3.0", 12), bundle(Change.UP, METER, "1.1.0", "1.3.0", 3));
        assertThat(difference.unchanged()).isEqualTo(1);
        assertThat(difference.compared()).isEqualTo(15);
    }

    @Test
    void whatHarmsMostComesFirst() {
        Difference difference = of(
                3,
                List.of(
                        running("a.up", "1.0.0", BYTES, 3),
                        running("b.gone", "1.0.0", BYTES, 2),
                        running("d.other", "1.0.0", OTHER, 3),
                        running("e.down", "1.10.0", BYTES, 1),
                        running("e.down", "1.9.0", BYTES, 2)),
                item("a.up", "1.0.1"),
                item("c.new", "2.0.0"),
                item("d.other", "1.0.0"),
                item("e.down", "1.9.0"));

        assertThat(difference.steps())
                .containsExactly(
                        bundle(Change.DOWN, "e.down", "1.10.0", "1.9.0", 1),
                        bundle(Change.REPLACED, "d.other", "1.0.0", "1.0.0", 3),
                        bundle(Change.REMOVED, "b.gone", "1.0.0", "", 2),
                        bundle(Change.ADDED, "c.new", "", "2.0.0", 3),
                        bundle(Change.UP, "a.up", "1.0.0", "1.0.1", 3));
        assertThat(difference.unchanged()).isZero();
    }

    @Test
    void bytesThatAGatewayCouldNotReadAreNotTakenForTheSame() {
        assertThat(of(1, List.of(running(METER, "1.0.0", "", 1)), item(METER, "1.0.0"))
                        .steps())
                .containsExactly(bundle(Change.REPLACED, METER, "1.0.0", "1.0.0", 1));
    }

    @Test
    void whatOnlySomeGatewaysLackIsAddedToThem() {
        assertThat(of(5, List.of(running(METER, "1.0.0", BYTES, 4)), item(METER, "1.0.0"))
                        .steps())
                .containsExactly(bundle(Change.ADDED, METER, "", "1.0.0", 1));
    }

    /** A bundle and a jar of the start may have one name. */
    @Test
    void whatTheyStartWithIsComparedByItself() {
        Census census = new Census(
                2,
                List.of(),
                parts(List.of(running(METER, "1.0.0", BYTES, 2))),
                parts(List.of(
                        running("launcher", "2.0.0", BYTES, 2),
                        running("java", "17.0.2", BYTES, 2),
                        running(METER, "1.0.0", BYTES, 2))));
        ApprovedContent content =
                content(item(METER, "1.0.0"), item(Kind.SLOT, "launcher", "1.0.0"), item(Kind.JAVA, "java", "21.0.1"));

        Difference difference = Difference.of(content, census);

        assertThat(difference.steps())
                .containsExactly(
                        new Step(Change.DOWN, Kind.SLOT, "launcher", "2.0.0", "1.0.0", 2),
                        new Step(Change.REMOVED, Kind.SLOT, METER, "1.0.0", "", 2),
                        new Step(Change.UP, Kind.JAVA, "java", "17.0.2", "21.0.1", 2));
        assertThat(difference.unchanged()).isEqualTo(1);
    }

    @Test
    void ofGatewaysThatToldNothingNothingIsSaid() {
        Difference difference = Difference.of(
                content(item(METER, "1.0.0")), new Census(0, List.of("g-1", "g-2"), Parts.NONE, Parts.NONE));

        assertThat(difference).isEqualTo(new Difference(0, List.of("g-1", "g-2"), 0, List.of()));
    }

    @Test
    void whatIsToldIsBoundedAndTheMostHarmfulComesFirst() {
        List<Census.Count> running = new ArrayList<>();
        List<Assigned> items = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            running.add(running("b" + i, "1.0.0", BYTES, 1));
            items.add(item("b" + i, i == 999 ? "0.9.0" : "2.0.0"));
        }
        List<String> unknown = IntStream.range(0, 500).mapToObj(i -> "g-" + i).toList();

        Map<String, Object> json = Difference.of(
                        content(items.toArray(Assigned[]::new)), new Census(1, unknown, parts(running), Parts.NONE))
                .json();

        List<?> changes = (List<?>) json.get("changes");
        assertThat(changes).hasSize(Difference.MOST);
        assertThat(changes.get(0).toString())
                .isEqualTo("{change=DOWN, from=1.0.0, gateways=1, kind=BUNDLE, name=b999, to=0.9.0}");
        assertThat(json).containsEntry("more", 800L).containsEntry("unknown", 500L);
        assertThat((List<?>) json.get("unknownGateways")).hasSize(Difference.MOST_NAMED);
    }

    @Test
    void aGatewayThatSaysItRunsThousandsOfThingsHidesNoDowngradeOfOthers() {
        List<Census.Count> running = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            running.add(running("a", i + 2 + ".0.0", BYTES, 1));
        }
        running.add(running("z", "2.0.0", BYTES, 14));

        Difference difference = of(15, running, item("a", "1.0.0"), item("z", "1.0.0"));

        assertThat(difference.steps().get(0)).isEqualTo(bundle(Change.DOWN, "z", "2.0.0", "1.0.0", 14));
    }

    /** It says that it runs 4,000 newer versions of one thing, and 4,000 things that nobody has. */
    @Test
    void aFloodOfOneGatewayHidesNoChangeOfOthersWhateverItIs() {
        List<Census.Count> running = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            running.add(running("a", i + 2 + ".0.0", BYTES, 1));
            running.add(running("a.invented" + i, "1.0.0", BYTES, 1));
        }
        running.add(running("z.down", "2.0.0", BYTES, 999));
        running.add(running("z.other", "1.0.0", OTHER, 999));
        running.add(running("z.gone", "1.0.0", BYTES, 999));
        running.add(running("z.up", "0.9.0", BYTES, 999));
        Census census = new Census(
                1_000,
                List.of(),
                new Parts(running, Map.of("a", 1_000, "z.down", 999, "z.other", 999, "z.up", 999)),
                Parts.NONE);

        Difference difference = Difference.of(
                content(
                        item("a", "1.0.0"),
                        item("z.down", "1.0.0"),
                        item("z.new", "1.0.0"),
                        item("z.other", "1.0.0"),
                        item("z.up", "1.0.0")),
                census);

        assertThat(difference.told())
                .hasSize(Difference.MOST)
                .isSubsetOf(difference.steps())
                .contains(
                        bundle(Change.DOWN, "z.down", "2.0.0", "1.0.0", 999),
                        bundle(Change.REPLACED, "z.other", "1.0.0", "1.0.0", 999),
                        bundle(Change.REMOVED, "z.gone", "1.0.0", "", 999),
                        bundle(Change.ADDED, "z.new", "", "1.0.0", 1_000),
                        bundle(Change.UP, "z.up", "0.9.0", "1.0.0", 999));
        assertThat(difference.told()).extracting(Step::change).isSorted();
        assertThat((List<?>) difference.json().get("changes")).hasSize(Difference.MOST);
        assertThat(difference.json())
                .containsEntry("more", (long) difference.steps().size() - Difference.MOST);
    }

    /** As many versions of one thing as there are gateways, all on one of them. */
    @Test
    void aGatewayThatRunsManyVersionsHidesNotThatTheOthersLackIt() {
        List<Census.Count> running = IntStream.range(0, 15)
                .mapToObj(i -> running(METER, "0." + i + ".0", BYTES, 1))
                .toList();

        Difference difference = Difference.of(
                content(item(METER, "1.0.0")),
                new Census(15, List.of(), new Parts(running, Map.of(METER, 1)), Parts.NONE));

        assertThat(difference.steps().get(0)).isEqualTo(bundle(Change.ADDED, METER, "", "1.0.0", 14));
        assertThat(difference.steps()).hasSize(16);
    }

    private static Difference of(int told, List<Census.Count> bundles, Assigned... items) {
        return Difference.of(content(items), new Census(told, List.of(), parts(bundles), Parts.NONE));
    }

    /** Of gateways that run one version of each. */
    private static Parts parts(List<Census.Count> counts) {
        return new Parts(
                counts,
                counts.stream()
                        .collect(Collectors.toMap(
                                count -> count.part().symbolicName(), Census.Count::gateways, Integer::sum)));
    }

    private static ApprovedContent content(Assigned... items) {
        return new ApprovedContent("M-1", List.of(items), Map.of());
    }

    private static Assigned item(String name, String version) {
        return item(Kind.BUNDLE, name, version);
    }

    private static Assigned item(Kind kind, String name, String version) {
        return new Assigned(Release.pathOf(kind, name, version), name, version, 1, 5, kind, 9, BYTES);
    }

    private static Census.Count running(String name, String version, String sha256, int gateways) {
        return new Census.Count(new RunningBundle(name, version, sha256), gateways);
    }

    private static Step bundle(Change change, String name, String from, String to, int gateways) {
        return new Step(change, Kind.BUNDLE, name, from, to, gateways);
    }
}
