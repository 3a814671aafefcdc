package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {

    @TempDir
    private Path directory;

    @Test
    void aNewKeyIsReadableByItsOwnerAlone() throws IOException {
        Session.Result made = new Session(directory).sekimori("keys new root");

        assertThat(made.exit()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("keys/root.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aRoleOfTwoKindsOfKeysNeedsBoth() throws Exception {
        Session session = new Session(directory);
        session.must("keys new root targets snapshot timestamp");
        session.must("keys new --type ml-dsa-65 root-pq targets-pq");
        assertThat(session.must("keys show root-pq --json").json().string("scheme"))
                .isEqualTo("ml-dsa-65/1");
        String init = "release init --repository releases --root root,root-pq --targets targets";

        Session.Result refused = session.sekimori(init + ",targets-pq --targets-threshold 1");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).startsWith("HYBRID_THRESHOLD:").contains("2 or more");
        assertThat(session.sekimori("keys new --type rot13 other").err()).startsWith("KEY_TYPE:");

        session.must(init);
        session.must("release renew --role targets --repository releases");
        session.must("release sign --repository releases");
        var roles =
                session.must("release show --repository releases --json").json().object("roles");
        assertThat(roles.object("root").bool("hybrid")).isTrue();
        assertThat(roles.object("root").number("threshold")).isEqualTo(2);
        assertThat(roles.object("targets").bool("hybrid")).isFalse();
    }

    @Test
    void aKeyIsNeverReplaced() {
        Session session = new Session(directory);
        session.must("keys new root");

        Session.Result again = session.sekimori("keys new root");

        assertThat(again.exit()).isEqualTo(1);
        assertThat(again.err()).startsWith("KEY_FILE_EXISTS:").contains("->").doesNotContain("\tat ");
    }

    @Test
    void listAndShowNameTheSamePublicKey() throws Exception {
        Session session = new Session(directory);
        session.must("keys new one two");

        var listed = session.must("keys list --json").json().objects("keys");
        var shown = session.must("keys show two --json").json();

        assertThat(listed).hasSize(2);
        assertThat(listed.get(1).string("keyId")).isEqualTo(shown.string("keyId"));
        assertThat(shown.string("public")).hasSize(64);
    }

    @Test
    void thePrivateHalfIsNeverPrinted() throws IOException {
        Session session = new Session(directory);
        session.must("keys new root");
        String secret = Files.readAllLines(directory.resolve("keys/root.key")).get(1);

        String printed = session.must("keys show root").out()
                + session.must("keys list --json").out();

        assertThat(printed).doesNotContain(secret);
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Session session = new Session(directory);
        session.must("keys new root");
        Files.setPosixFilePermissions(directory.resolve("keys/root.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(session.sekimori("keys show root").err()).startsWith("KEY_FILE_EXPOSED:");
    }

    @Test
    void aNameCannotLeaveTheDirectory() {
        Session.Result result = new Session(directory).run("keys", "new", "../root");

        assertThat(result.exit()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).startsWith("KEY_NAME:");
    }

    @Test
    void aMissingKeyIsRefusedWithAdvice() {
        Session.Result result = new Session(directory).sekimori("keys show nobody");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).startsWith("KEY_MISSING:").contains("keys list");
    }
}
