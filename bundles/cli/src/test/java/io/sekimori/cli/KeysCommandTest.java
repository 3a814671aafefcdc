package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
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
    void aKeyThatCannotBeReadHidesNoOther() throws Exception {
        Session session = new Session(directory);
        session.must("keys new root torn exposed");
        Path keys = directory.resolve("keys");
        byte[] whole = Files.readAllBytes(keys.resolve("torn.key"));
        Files.write(keys.resolve("torn.key"), Arrays.copyOf(whole, whole.length / 2)); // as a power cut leaves it
        Files.setPosixFilePermissions(keys.resolve("exposed.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.createFile(keys.resolve("no name.key"));

        Session.Result listed = session.sekimori("keys list");
        JsonObject data = session.sekimori("keys list --json").json();

        assertThat(listed.exit()).isEqualTo(1);
        assertThat(listed.out())
                .contains(
                        "root  ",
                        "torn             is not in order: KEY_FILE_MALFORMED",
                        "KEY_FILE_EXPOSED",
                        "KEY_NAME");
        assertThat(listed.err()).contains("KEY_FILE_MALFORMED:", "-> Restore the key file", "chmod 600");
        assertThat(data.objects("keys"))
                .singleElement()
                .satisfies(key -> assertThat(key.string("name")).isEqualTo("root"));
        assertThat(data.objects("unreadable")).hasSize(3);
        assertThat(data.objects("unreadable").get(2).string("name")).isEqualTo("torn");
        assertThat(data.objects("unreadable").get(2).string("advice")).startsWith("Restore");
    }

    @Test
    void thePublicHalvesOfOthersAreListedAsSuch() throws Exception {
        Session session = new Session(directory);
        Path keys = directory.resolve("keys");
        session.must("keys new root");
        session.must("keys new --keys elsewhere acme");
        session.must("keys export --keys elsewhere acme --out keys/acme.pub");
        String id =
                session.must("keys show --keys elsewhere acme --json").json().string("keyId");

        assertThat(session.must("keys list").out()).contains(id + "  (the public half alone)");
        assertThat(session.speaking("ja_JP.UTF-8").must("keys list").out()).contains(id + "  （公開鍵のみ）");
        session.speaking("C.UTF-8");
        JsonObject data = session.must("keys list --json").json();
        assertThat(data.objects("keys")).hasSize(1);
        assertThat(data.objects("others").get(0).string("keyId")).isEqualTo(id);

        Files.writeString(
                keys.resolve("acme.pub"),
                Files.readString(keys.resolve("acme.pub")).replace(": \"ed", ": \"xy"));
        Session.Result unknown = session.sekimori("keys list");
        Files.writeString(keys.resolve("acme.pub"), "{");
        Session.Result broken = session.sekimori("keys list");

        for (Session.Result listed : List.of(unknown, broken)) {
            assertThat(listed.exit()).isEqualTo(1);
            assertThat(listed.out()).contains("root  ", "acme             is not in order: KEY_MALFORMED");
            assertThat(listed.err()).contains("acme.pub", "sekimori keys export acme --out acme.pub");
        }
    }

    /** Nothing here needs it, but who is handed it trusts another key. */
    @Test
    void aPublicHalfOfAnotherKeyIsNamed() {
        Session session = new Session(directory);
        session.must("keys new root other");
        session.must("keys export root --out keys/root.pub");
        assertThat(session.must("keys list").err()).isEmpty();

        session.must("keys export other --out keys/root.pub");
        Session.Result listed = session.sekimori("keys list");

        assertThat(listed.exit()).isEqualTo(1);
        assertThat(listed.out()).contains("root             is not in order: KEY_PUBLIC_OTHER");
        assertThat(listed.err()).contains("root.pub is the public half of another key than root", "keys export root");
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
