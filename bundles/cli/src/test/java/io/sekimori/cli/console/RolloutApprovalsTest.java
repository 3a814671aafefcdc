package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollout's contents go out to be signed, and come back. */
class RolloutApprovalsTest {

    private static final String ROLLOUT = "r-abcdefghijkl";

    @TempDir
    private Path directory;

    @Test
    void whatIsFetchedIsSignedElsewhereAndHandedIn() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = signedIn(console);
            console.answering(200, json(awaiting(Map.of()), 3)).answering(200, "{\"changed\":true}");

            String told = done(session, "rollout approvals " + ROLLOUT + " --out request.json");
            done(session, "keys new ann");
            done(session, "approval sign request.json --key ann --out ann.json");
            String offered = done(session, "rollout approve " + ROLLOUT + " ann.json");

            assertThat(told)
                    .contains(
                            "Gateways of the model M-1 (3 now)",
                            "bundle level 5    org.example.meter 2.0.0  counter 2",
                            content().digest())
                    .contains("approved by the key " + "b".repeat(64) + ", until 2026-12-01T00:00:00Z");
            assertThat(offered).contains("Handed in.");
            List<String> asked = console.asked();
            assertThat(asked.get(asked.size() - 2)).startsWith("GET /v1/rollouts/" + ROLLOUT + "/approvals");
            String last = asked.get(asked.size() - 1);
            assertThat(last).startsWith("POST /v1/rollouts/" + ROLLOUT + "/approvals {");
            Approvals sent = Approvals.parse(last.substring(last.indexOf('{')).getBytes(StandardCharsets.UTF_8));
            assertThat(sent.entries()).singleElement().satisfies(entry -> {
                assertThat(entry.approval().content()).isEqualTo(content().digest());
                assertThat(entry.verified()).hasSize(1);
            });
            assertThat(told)
                    .contains("taken back by the key " + "b".repeat(64))
                    .contains("group customer: 1 of 2 have approved, for 2 gateways")
                    .contains("1 gateways do not say whom they ask");
            console.answering(200, "{\"changed\":true}");
            String taken = done(session, "approval withdraw ann.json --key ann --out back.json");
            done(session, "rollout approve " + ROLLOUT + " back.json");
            assertThat(taken).contains("is taken back", content().digest());
            String handed = console.asked().get(console.asked().size() - 1);
            assertThat(Approvals.parse(handed.substring(handed.indexOf('{')).getBytes(StandardCharsets.UTF_8))
                            .withdrawals())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.withdrawal().content())
                            .isEqualTo(content().digest()));
        }
    }

    @Test
    void whatChangesIsToldAfterTheContentAndSaidToBeTheConsolesWord() throws Exception {
        String told = told(difference("DOWN", "org.example.meter"), 5_000);

        assertThat(told)
                .containsSubsequence(
                        "org.example.meter 2.0.0  counter 2",
                        "Nobody signs it: what is signed is the content alone",
                        "What changes on 3 gateways:",
                        "\n  DOWNGRADE  slot/org.example.meter  3.0.0 -> 2.0.0  (2 gateways)",
                        "41 unchanged in version and bytes",
                        "Not known is what changes on 2 gateways",
                        "g-7 g-8",
                        "5000 gateways wait in all; what stands here is for 3 of them.");
        assertThat(told(difference("SIDEWAYS", "org.example.meter"), 3))
                .contains("changed  slot/org.example.meter")
                .doesNotContain("wait in all");
    }

    /** Control characters could move to the content above and write something else over it. */
    @Test
    void aConsoleThatLiesCannotWriteOverTheContent() throws Exception {
        for (String lie : List.of("a\u001b[2A", "a\nnothing changes", "\u202eb")) {
            List<Map<String, Object>> lies = List.of(
                    awaiting(difference("DOWN", lie)),
                    lying("awaiting", "groups", List.of(Map.of("name", lie, "has", 1L, "needs", 2L))),
                    lying("approvals", "keyIds", List.of(lie)),
                    lying("approvals", "withdrawn", List.of(lie)),
                    lying("approvals", "expires", lie));
            for (Map<String, Object> entry : lies) {
                try (ScriptedConsole console = new ScriptedConsole(directory)) {
                    Session session = signedIn(console);
                    console.answering(200, json(entry, 3));

                    Session.Result result = session.sekimori("rollout approvals " + ROLLOUT + " --out request.json");

                    assertThat(result.exit()).as("%s", entry).isNotZero();
                    assertThat(result.out() + result.err()).doesNotContain(lie);
                    assertThat(directory.resolve("request.json")).doesNotExist();
                }
            }
        }
    }

    @Test
    void whoIsNotNamedAmongThoseThatAreUnknownIsNotHidden() throws Exception {
        Map<String, Object> many = new TreeMap<>(difference("DOWN", "org.example.meter"));
        many.put("unknown", 500L);

        assertThat(told(many, 3)).contains("g-7 g-8 ...\n");
        assertThat(told(difference("DOWN", "org.example.meter"), 3)).contains("g-7 g-8\n");
    }

    /** The file that the page gives out holds the difference, too: it is not signed, and not even looked at. */
    @Test
    void whatIsSignedIsTheSameWhateverTheConsoleSaysOfTheDifference() throws Exception {
        Session session = new Session(directory);
        done(session, "keys new ann");
        for (String change : List.of("UP", "DOWN")) {
            Files.writeString(
                    directory.resolve("request.json"), json(awaiting(difference(change, "org.example.a")), 3));

            String told = done(session, "approval sign request.json --key ann --out ann.json");

            assertThat(told).contains("org.example.meter 2.0.0  counter 2").doesNotContain("org.example.a");
            assertThat(Approvals.parse(Files.readAllBytes(directory.resolve("ann.json")))
                            .entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.approval().content())
                            .isEqualTo(content().digest()));
        }
    }

    private String told(Map<String, Object> difference, long waiting) throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = signedIn(console);
            console.answering(200, json(awaiting(difference), waiting));
            return done(session, "rollout approvals " + ROLLOUT);
        }
    }

    private static Map<String, Object> difference(String change, String name) {
        return Map.of(
                "compared", 3L,
                "unchanged", 41L,
                "more", 0L,
                "unknown", 2L,
                "unknownGateways", List.of("g-7", "g-8"),
                "changes",
                        List.of(Map.of(
                                "change",
                                change,
                                "kind",
                                "SLOT",
                                "name",
                                name,
                                "from",
                                "3.0.0",
                                "to",
                                "2.0.0",
                                "gateways",
                                2L)));
    }

    /** What is told without a lie, but for one member of the first of these. */
    private static Map<String, Object> lying(String list, String member, Object lie) {
        Map<String, Object> entry = awaiting(Map.of());
        Map<String, Object> first = new TreeMap<>();
        ((Map<?, ?>) ((List<?>) entry.get(list)).get(0)).forEach((name, value) -> first.put((String) name, value));
        first.put(member, lie);
        entry.put(list, List.of(first));
        return entry;
    }

    private Session signedIn(ScriptedConsole console) throws Exception {
        Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
        console.answering(201, "{\"token\":\"secret-token\",\"name\":\"otto\",\"roles\":[\"OPERATOR\"]}");
        session.typing("correct horse battery");
        done(
                session,
                "login " + console.address() + " --name otto --password-stdin --fingerprint " + console.fingerprint());
        return session;
    }

    private static ApprovedContent content() {
        String path = Release.pathOf(Kind.BUNDLE, "org.example.meter", "2.0.0");
        return new ApprovedContent(
                "M-1",
                List.of(new Assigned(path, "org.example.meter", "2.0.0", 2, 5, Kind.BUNDLE, 9, "a".repeat(64))),
                Map.of());
    }

    private static Map<String, Object> awaiting(Map<String, Object> difference) {
        ApprovalRequest request =
                new ApprovalRequest(List.of(new ApprovalRequest.Entry(content(), 3, Set.of("d".repeat(64)))));
        Map<String, Object> entry = new TreeMap<>();
        ((Map<?, ?>) ((List<?>) request.json().get("contents")).get(0))
                .forEach((name, value) -> entry.put((String) name, value));
        if (!difference.isEmpty()) {
            entry.put("unsignedDifference", difference);
        }
        entry.put(
                "approvals",
                List.of(Map.of(
                        "keyIds",
                        List.of("b".repeat(64)),
                        "withdrawn",
                        List.of("b".repeat(64)),
                        "expires",
                        "2026-12-01T00:00:00Z")));
        Map<String, Object> customer = Map.of("name", "customer", "has", 1L, "needs", 2L);
        entry.put(
                "awaiting",
                List.of(
                        Map.of("state", "GROUPS", "groups", List.of(customer), "gateways", List.of("g-1", "g-2")),
                        Map.of("state", "UNKNOWN", "groups", List.of(), "gateways", List.of("g-3"))));
        return entry;
    }

    private static String json(Map<String, Object> entry, long waiting) {
        return new String(
                JsonText.bytes(Map.of("format", 1L, "waiting", waiting, "contents", List.of(entry))),
                StandardCharsets.UTF_8);
    }

    private static String done(Session session, String line) {
        Session.Result result = session.sekimori(line);
        assertThat(result.exit()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }
}
