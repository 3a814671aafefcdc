package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was assigned to one gateway is taken back. */
class GatewayCancelTest {

    private static final String ID = "g-aaaaaaaaaaaa";

    @TempDir
    private Path directory;

    @Test
    void whoFollowsHearsWhatTheGatewayProved() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = signedIn(console);
            console.answering(200, page("ASSIGNED", ""))
                    .answering(200, page("ASSIGNED", ""))
                    .streaming("event: rollout.changed\ndata: {}\n\n")
                    .answering(200, page("CANCELLED", "TAKEN_BACK"));

            Session.Result done = session.sekimori("gateways cancel " + ID + " --follow");

            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(done.out()).contains("CANCELLED  TAKEN_BACK").contains("-> look");
            assertThat(console.asked()).contains("POST /v1/gateways/" + ID + "/cancel {}");
        }
    }

    /** It had confirmed it before it heard: whoever waited for the opposite must not take that for done. */
    @Test
    void whatCameTooLateIsNoSuccess() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = signedIn(console);
            console.answering(200, page("IN_PROGRESS", "")).answering(200, page("CONFIRMED", "TAKEN_BACK_TOO_LATE"));

            Session.Result done = session.sekimori("gateways cancel " + ID + " --follow");

            assertThat(done.exit()).isEqualTo(1);
            assertThat(done.out()).contains("CONFIRMED  TAKEN_BACK_TOO_LATE");
        }
    }

    @Test
    void whoDoesNotFollowIsToldWhereToLook() throws Exception {
        try (ScriptedConsole console = new ScriptedConsole(directory)) {
            Session session = signedIn(console);
            console.answering(200, page("ASSIGNED", ""));

            Session.Result done = session.sekimori("gateways cancel " + ID);

            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(done.out()).contains("rollout show r-aaaaaaaaaaaa");
        }
    }

    private Session signedIn(ScriptedConsole console) throws Exception {
        Session session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
        console.answering(201, "{\"token\":\"secret-token\",\"name\":\"otto\",\"roles\":[\"OPERATOR\"]}");
        session.typing("correct horse battery");
        assertThat(session.sekimori("login " + console.address() + " --name otto --password-stdin --fingerprint "
                                + console.fingerprint())
                        .exit())
                .isZero();
        return session;
    }

    private static String page(String state, String code) {
        return "{\"items\":[{\"rollout\":\"r-aaaaaaaaaaaa\",\"name\":\"n\",\"gateway\":\"" + ID + "\",\"state\":\""
                + state + "\",\"code\":\"" + code + "\",\"detail\":\"\",\"takenBack\":true"
                + (code.isEmpty() ? "" : ",\"advice\":\"look\"") + "}]}";
    }
}
