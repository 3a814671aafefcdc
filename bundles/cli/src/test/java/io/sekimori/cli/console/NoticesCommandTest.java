package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesCommandTest {

    private static final String LATE = """
            {"items":[{"id":"n-1","kind":"WAITS_FOR_PERSON","begun":"2026-11-22T12:00:00Z","ready":"2026-11-22T12:05:00Z",
            "handedOut":true,"count":2,"items":[],"told":[
            {"medium":"mail","to":"ops@example.com","state":"WAITING","tries":3,"last":"2026-11-22T12:09:00Z",
            "next":"2026-11-22T12:13:00Z","code":"NOTICE_REFUSED","detail":"550 no such user"}]}]}""";

    @TempDir
    private Path directory;

    @Test
    void whatDidNotArriveIsToldWithWhyAndSentAgain() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
            console.answering(201, "{\"token\":\"secret-token\",\"name\":\"olga\",\"roles\":[\"OPERATOR\"]}");
            session.typing("correct horse battery");
            done(
                    session,
                    "login " + console.address() + " --name olga --password-stdin --fingerprint "
                            + console.fingerprint());
            console.answering(200, LATE).answering(202, "{\"recipients\":1}").answering(202, "{\"id\":\"n-2\"}");
            console.answering(200, "{\"items\":[]}");

            assertThat(done(session, "notices list"))
                    .contains("n-1", "WAITS_FOR_PERSON (2)", "NOTICE_REFUSED: 550 no such user", "12:09", "12:13");
            assertThat(done(session, "notices again n-1")).contains("to 1");
            assertThat(done(session, "notices test mail")).contains("n-2");
            assertThat(done(session, "notices list")).contains("Nobody was told");

            assertThat(console.asked().subList(1, 5))
                    .satisfiesExactly(
                            asked -> assertThat(asked).startsWith("GET /v1/notices?limit=20"),
                            asked -> assertThat(asked).isEqualTo("POST /v1/notices/n-1/again {}"),
                            asked -> assertThat(asked).isEqualTo("POST /v1/notices/tests {\"medium\":\"mail\"}"),
                            asked -> assertThat(asked).startsWith("GET /v1/notices?limit=20"));
        }
    }

    private static String done(Session session, String line) {
        Session.Result result = session.sekimori(line);
        assertThat(result.exit()).as(line + "\n" + result.err()).isZero();
        return result.out();
    }
}
