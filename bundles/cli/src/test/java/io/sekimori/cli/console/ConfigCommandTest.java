package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

    private static final String SET = "config set g-aaaaaaaaaaaa a.pid host=new --reason moved";
    private static final String NEWS = "event: settings.changed\ndata: {}\n\n";

    @TempDir
    private Path directory;

    private ScriptedConsole console;
    private Session session;

    @BeforeEach
    void signIn() throws Exception {
        console = new ScriptedConsole(directory);
        session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
        console.answering(201, "{\"token\":\"secret-token\",\"name\":\"hana\",\"roles\":[\"OPERATOR\"]}");
        session.typing("correct horse battery")
                .sekimori("login " + console.address() + " --name hana --password-stdin --fingerprint "
                        + console.fingerprint());
        console.answering(202, "{\"id\":\"c-1\"}");
    }

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void settingsThatNoBundleHasAreNoEmptyAnswer() {
        String sets = "{\"sets\":[{\"pid\":\"org.example\",\"name\":\"Example\",\"attributes\":[]}]}";
        session.sekimori(SET + " --no-wait");
        console.answering(200, sets).answering(200, sets);

        Session.Result all = session.sekimori("config show g-aaaaaaaaaaaa");
        Session.Result none = session.sekimori("config show g-aaaaaaaaaaaa org.exampel");

        assertThat(all.out()).contains("org.example");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("NO_SETTINGS: g-aaaaaaaaaaaa has no settings org.exampel");
    }

    @Test
    void itShowsHowFarAChangeIsAndWaitsForItsOutcome() {
        change("SENT", "").streaming(NEWS + NEWS);
        change("ON_TRIAL", "");
        change("CONFIRMED", "");

        Session.Result result = session.sekimori(SET);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("c-1", "for good");
        assertThat(result.err()).contains("g-aaaaaaaaaaaa has not answered yet", "In force on trial");
        assertThat(console.asked())
                .contains("GET /v1/gateways/g-aaaaaaaaaaaa/settings/changes/c-1")
                .contains("GET /v1/gateways/g-aaaaaaaaaaaa/settings/events");
    }

    @Test
    void aChangeThatWasTakenBackHasAnExitCodeOfItsOwnAndAdvice() {
        change("ON_TRIAL", "").streaming(NEWS);
        change("REVERTED", "CONSOLE_NOT_REACHED");

        Session.Result result = session.sekimori(SET);

        assertThat(result.exit()).isEqualTo(6);
        assertThat(result.err()).contains("CONSOLE_NOT_REACHED", "went back to the former ones");
    }

    @Test
    void soHasOneThatWasRefusedAndOneThatNothingIsKnownOf() {
        change("REFUSED", "VALUE_INVALID");
        Session.Result refused = session.sekimori(SET);
        console.answering(202, "{\"id\":\"c-1\"}");
        change("SILENT", "");
        Session.Result silent = session.sekimori(SET);

        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("VALUE_INVALID");
        assertThat(silent.exit()).isEqualTo(3);
        assertThat(silent.err()).contains("CHANGE_SILENT", "c-1");
    }

    @Test
    void aGatewayThatDoesNotAnswerIsToldFromAConsoleThatFails() throws Exception {
        try (ScriptedConsole other = new ScriptedConsole(directory)) {
            other.answering(201, "{\"token\":\"secret-token\",\"name\":\"hana\",\"roles\":[\"OPERATOR\"]}");
            session.typing("correct horse battery")
                    .sekimori("login " + other.address() + " --name hana --password-stdin --fingerprint "
                            + other.fingerprint());
            other.answering(504, "{\"code\":\"GATEWAY_SILENT\",\"detail\":\"it did not prove in time\"}");
            other.answering(503, "{\"code\":\"AUDIT_UNAVAILABLE\",\"detail\":\"no audit is there\"}");

            assertThat(session.sekimori(SET).exit()).isEqualTo(3);
            assertThat(session.sekimori(SET).exit()).isEqualTo(4);
        }
    }

    @Test
    void aStreamThatEndsIsOpenedAnew() {
        change("SENT", "").streaming("");
        console.streaming(NEWS);
        change("CONFIRMED", "");

        assertThat(session.sekimori(SET).exit()).isZero();
    }

    @Test
    void programsGetTheOutcomeAlone() {
        change("REVERTED", "CONSOLE_NOT_REACHED");

        Session.Result result = session.sekimori(SET + " --json");

        assertThat(result.exit()).isEqualTo(6);
        assertThat(result.out()).startsWith("{").contains("\"REVERTED\"", "\"CONSOLE_NOT_REACHED\"");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void whoDoesNotWantToWaitDoesNot() {
        Session.Result result = session.sekimori(SET + " --no-wait");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("c-1");
        assertThat(console.asked()).hasSize(2);
    }

    @Test
    void anAttributeThatIsGivenSeveralTimesIsAList() {
        Session.Result result = session.run(
                "config",
                "set",
                "g-aaaaaaaaaaaa",
                "io.sekimori.update.engine",
                "windows=MON-FRI 22:00-04:00",
                "windows=SAT,SUN 08:00-20:00",
                "time.zone=Asia/Tokyo",
                "--reason",
                "nights",
                "--no-wait");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(console.asked().get(1))
                .contains(
                        "\"windows\":[\"MON-FRI22:00-04:00\",\"SAT,SUN08:00-20:00\"]", "\"time.zone\":\"Asia/Tokyo\"");
        assertThat(session.sekimori("config set g-aaaaaaaaaaaa io.sekimori.update.engine windows --reason x")
                        .err())
                .startsWith("VALUE_MALFORMED:");
    }

    private ScriptedConsole change(String state, String code) {
        return console.answering(
                200,
                "{\"id\":\"c-1\",\"state\":\"" + state + "\",\"person\":\"hana\",\"reason\":\"moved\""
                        + (code.isEmpty() ? "" : ",\"code\":\"" + code + "\"") + "}");
    }
}
