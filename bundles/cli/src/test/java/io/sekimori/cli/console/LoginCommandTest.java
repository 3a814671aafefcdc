package io.sekimori.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTest {

    private static final String SESSION = "{\"token\":\"secret-token\",\"name\":\"hana\",\"roles\":[\"OPERATOR\"]}";

    @TempDir
    private Path directory;

    private ScriptedConsole console;
    private Session session;

    @BeforeEach
    void begin() throws Exception {
        console = new ScriptedConsole(directory);
        session = new Session(directory).with("SEKIMORI_CONFIG", directory.resolve("config"));
    }

    @AfterEach
    void end() {
        console.close();
    }

    private Path login() {
        return directory.resolve("config").resolve("login.json");
    }

    private Session.Result signIn(String fingerprint) {
        return session.typing("correct horse battery")
                .sekimori("login " + console.address() + " --name hana --password-stdin --fingerprint " + fingerprint);
    }

    @Test
    void theTokenIsKeptForItsOwnerAlone() throws Exception {
        console.answering(201, SESSION);

        Session.Result result = signIn(console.fingerprint());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("hana").doesNotContain("secret-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(login())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(login())).contains("secret-token").doesNotContain("horse");
    }

    @Test
    void nothingIsSentToAnotherConsole() {
        Session.Result result = signIn("0".repeat(64));

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("CONSOLE_UNTRUSTED").contains(console.fingerprint());
        assertThat(console.asked()).isEmpty();
        assertThat(login()).doesNotExist();
    }

    @Test
    void withoutAFingerprintNobodySignsInUnasked() {
        Session.Result result =
                session.typing("correct horse battery").sekimori("login " + console.address() + " --password-stdin");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("FINGERPRINT_NOT_CONFIRMED");
        assertThat(console.asked()).isEmpty();
    }

    @Test
    void aFirstPasswordIsChangedBeforeAnythingElse() throws Exception {
        console.answering(201, SESSION.replace("}", ",\"mustChangePassword\":true}"))
                .answering(204, "")
                .answering(201, SESSION.replace("secret-token", "next-token"));

        Session.Result result = session.typing("one-time", "a much longer one")
                .sekimori("login " + console.address() + " --name hana --password-stdin --fingerprint "
                        + console.fingerprint());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(console.asked().get(1))
                .startsWith("PUT /v1/session/password")
                .contains("amuchlongerone");
        assertThat(Files.readString(login())).contains("next-token");
    }

    @Test
    void whatTheConsoleRefusesIsSaidWithItsCodeAndAdvice() {
        console.answering(
                429, "{\"code\":\"LOCKED_OUT\",\"title\":\"too many tries\",\"advice\":\"Wait for a minute.\"}");

        Session.Result result = signIn(console.fingerprint());

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("LOCKED_OUT: too many tries").contains("-> Wait for a minute.");
        assertThat(login()).doesNotExist();
    }

    @Test
    void aTokenThatOthersCanReadIsNotUsed() throws Exception {
        console.answering(201, SESSION);
        signIn(console.fingerprint());
        Files.setPosixFilePermissions(login(), PosixFilePermissions.fromString("rw-r--r--"));

        Session.Result result = session.sekimori("logout");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("LOGIN_EXPOSED");
        assertThat(console.asked()).hasSize(1);
    }

    @Test
    void signingOutEndsTheSessionAndForgetsTheToken() {
        console.answering(201, SESSION).answering(204, "");
        signIn(console.fingerprint());

        Session.Result result = session.sekimori("logout");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(console.asked().get(1)).startsWith("DELETE /v1/session");
        assertThat(login()).doesNotExist();
    }
}
