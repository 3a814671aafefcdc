package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    private static final String SESSION = "{\"token\":\"secret-token\",\"name\":\"hana\",\"roles\":[\"VIEWER\"]}";
    private static final String INTACT = "{\"intact\":true,\"records\":30,\"firstSequence\":1,\"lastSequence\":30,"
            + "\"lastHash\":\"" + "a".repeat(64) + "\",\"unfinishedBytes\":0}";

    @TempDir
    private Path directory;

    private ScriptedConsole console;
    private Session session;

    @BeforeEach
    void signIn() throws Exception {
        console = new ScriptedConsole(directory);
        session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
        console.answering(201, SESSION);
        session.typing("correct horse battery")
                .sekimori("login " + console.address() + " --name hana --password-stdin --fingerprint "
                        + console.fingerprint());
    }

    @AfterEach
    void end() {
        console.close();
    }

    private static String page(long first, long last, String next) {
        return "{\"items\":["
                + LongStream.rangeClosed(first, last)
                        .mapToObj(AuditCommandTest::record)
                        .collect(Collectors.joining(","))
                + "]" + (next.isEmpty() ? "" : ",\"next\":\"" + next + "\"") + "}";
    }

    private static String record(long sequence) {
        return "{\"sequence\":" + sequence + ",\"time\":\"2026-11-21T12:00:00Z\",\"hash\":\"" + "b".repeat(64)
                + "\",\"actor\":\"person:hana\",\"action\":\"rollout.start\",\"subject\":\"r-" + sequence
                + "\",\"verdict\":\"ALLOWED\",\"reason\":\"\",\"detail\":{\"from\":\"127.0.0.1\"}}";
    }

    @Test
    void theNewestRecordsAreShownInOrder() {
        console.answering(200, INTACT).answering(200, page(29, 30, ""));

        Session.Result result = session.sekimori("audit show --console --limit 2");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines()).hasSize(2).allMatch(line -> line.contains("rollout.start"));
        assertThat(console.asked().get(1)).isEqualTo("GET /v1/audit/verification");
        assertThat(console.asked().get(2)).startsWith("GET /v1/audit?after=28&limit=");
    }

    @Test
    void aSearchGoesThroughAllPagesAndKeepsTheNewest() {
        console.answering(200, page(1, 2, "10000"))
                .answering(200, page(0, -1, "20000"))
                .answering(200, page(20_001, 20_002, ""));

        Session.Result result =
                session.sekimori("audit show --console --actor person:hana --verdict ALLOWED --limit 3");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines().map(line -> line.strip().split(" ")[0])).containsExactly("2", "20001", "20002");
        assertThat(console.asked().get(1)).contains("actor=person%3Ahana").contains("verdict=ALLOWED");
        assertThat(console.asked().get(3)).contains("after=20000");
    }

    @Test
    void whoSaysWhereToBeginGetsNoMoreThanAsked() throws Exception {
        console.answering(200, page(5, 6, "6"));

        Session.Result result = session.sekimori("audit show --console --from 5 --limit 2 --json");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("\"sequence\" : 5").contains("127.0.0.1");
        assertThat(console.asked().get(1)).startsWith("GET /v1/audit?after=4&limit=2");
        assertThat(console.asked()).hasSize(2);
    }

    @Test
    void nothingThatMatchesIsSaid() {
        console.answering(200, page(0, -1, ""));

        assertThat(session.sekimori("audit show --console --reason X").out()).startsWith("There is no such record");
    }

    @Test
    void aWholeChainIsSaidToBe() {
        console.answering(200, INTACT);

        assertThat(session.sekimori("audit verify --console").out()).startsWith("The audit is whole: 30 records");
    }

    @Test
    void aBrokenChainIsRefusedWithItsCode() {
        console.answering(
                200,
                "{\"intact\":false,\"code\":\"AUDIT_LINK_WRONG\",\"file\":\"chain-1.jsonl\",\"line\":7,"
                        + "\"lastGoodSequence\":6,\"detail\":\"the hash differs\"}");

        Session.Result result = session.sekimori("audit verify --console");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("AUDIT_BROKEN: ")
                .contains("chain-1.jsonl")
                .contains("6");
    }

    @Test
    void anAnswerThatIsNoAuditIsNotUnderstood() {
        console.answering(200, "{\"items\":[{\"sequence\":0}]}");

        Session.Result result = session.sekimori("audit show --console --from 1");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).startsWith("CONSOLE_ANSWER");
    }

    @Test
    void twoPlacesAreWrongUsage() {
        Session.Result result = session.sekimori("audit show --console --unit unit");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("AUDIT_PLACE");
        assertThat(console.asked()).hasSize(1);
    }
}
