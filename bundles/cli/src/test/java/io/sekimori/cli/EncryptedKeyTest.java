package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys under a passphrase. */
class EncryptedKeyTest {

    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    private Path directory;

    private Session session;
    private Path file;

    @BeforeEach
    void anEncryptedKey() {
        session = new Session(directory).typing(PASSPHRASE);
        file = directory.resolve("keys/root.key");
        session.must("keys new --encrypt --passphrase-stdin root");
        session.must("keys new targets snapshot timestamp");
    }

    @Test
    void itOpensWithItsPassphraseAlone() {
        assertThat(init("one").exit()).isZero();

        Session.Result refused = new Session(directory)
                .typing("correct horse batterY")
                .sekimori("release init --repository two --passphrase-stdin");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("KEY_PASSPHRASE:").contains("->");
        assertThat(directory.resolve("two")).doesNotExist();
    }

    @Test
    void aPostQuantumKeyIsKeptTheSameWay() throws Exception {
        session.must("keys new --encrypt --passphrase-stdin --type ml-dsa-65 quantum");
        Path quantum = directory.resolve("keys/quantum.key");
        assertThat(json(quantum).string("type")).isEqualTo("ml-dsa-65");
        String making = "release init --passphrase-stdin --root quantum --repository ";
        session.must(making + "three");

        // What type it is, is bound to it like all the rest.
        Files.writeString(quantum, Files.readString(quantum).replace("ml-dsa-65", "ed25519"));
        assertThat(session.sekimori(making + "four").err()).contains("KEY_MALFORMED:");
        Files.writeString(quantum, Files.readString(quantum).replace("ed25519", "rot13"));
        assertThat(session.sekimori(making + "four").err()).contains("KEY_MALFORMED:");
        assertThat(session.sekimori("keys list").err()).contains("KEY_MALFORMED:");
    }

    @Test
    void itsFileIsItsOwnersAndNeitherPassphraseNorKeyIsInIt() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).doesNotContain(PASSPHRASE).doesNotContain("PRIVATE KEY");
    }

    @Test
    void twoOfOnePassphraseHaveNothingInCommon() throws Exception {
        session.must("keys new --encrypt --passphrase-stdin other");

        var one = json(file);
        var other = json(directory.resolve("keys/other.key"));
        for (String part : new String[] {"salt", "nonce", "key", "public"}) {
            assertThat(one.string(part)).isNotEqualTo(other.string(part));
        }
    }

    @Test
    void itsPublicHalfIsShownWithoutThePassphrase() throws Exception {
        Session silent = new Session(directory);

        assertThat(silent.must("keys show root --json").json().bool("encrypted"))
                .isTrue();
        assertThat(silent.must("keys list --json").json().objects("keys")).hasSize(4);
        silent.must("keys export root --out root.pub");
        assertThat(Files.readString(directory.resolve("root.pub"))).contains("ed25519");
    }

    @Test
    void aPublicHalfBesideAKeyDoesNotStandForIt() throws Exception {
        session.must("keys export targets --out keys/root.pub");

        assertThat(session.must("keys show root --json").json().string("public"))
                .isEqualTo(json(file).string("public"));
    }

    @Test
    void itIsNeverReplaced() throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThat(session.sekimori("keys new --encrypt --passphrase-stdin root")
                        .err())
                .contains("KEY_FILE_EXISTS:");
        assertThat(session.sekimori("keys new root").err()).contains("KEY_FILE_EXISTS:");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void aShortPassphraseIsRefused() {
        Session.Result result =
                new Session(directory).typing("eleven char").sekimori("keys new --encrypt --passphrase-stdin other");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("KEY_PASSPHRASE_SHORT:");
        assertThat(directory.resolve("keys/other.key")).doesNotExist();
    }

    @Test
    void withoutATerminalNobodyIsAsked() {
        assertThat(new Session(directory)
                        .sekimori("release init --repository two")
                        .err())
                .contains("NO_TERMINAL:");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"passes\" : 3',         '\"passes\" : 2',          KEY_PASSPHRASE",
        "'\"memoryKib\" : 65536',  '\"memoryKib\" : 32768',   KEY_PASSPHRASE",
        "'\"memoryKib\" : 65536',  '\"memoryKib\" : 9999999', KEY_MALFORMED",
        "'\"passes\" : 3',         '\"passes\" : 1000',       KEY_MALFORMED",
        "'\"lanes\" : 4',          '\"lanes\" : 0',           KEY_MALFORMED",
        "'\"argon2id\"',          '\"md5\"',                KEY_MALFORMED",
        "'\"version\" : 1',        '\"version\" : 2',         KEY_MALFORMED",
    })
    void anAlteredFileIsRefused(String before, String after, String code) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Files.writeString(file, text.replace(before, after));

        assertThat(init("two").err()).contains(code + ":");
    }

    @Test
    void anotherPublicHalfIsRefused() throws Exception {
        String own = json(file).string("public");
        String other = session.must("keys show targets --json").json().string("public");
        Files.writeString(file, Files.readString(file).replace(own, other));

        assertThat(init("two").err()).contains("KEY_PASSPHRASE:");
    }

    @Test
    void whatIsTornIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThat(init("two").err()).contains("KEY_MALFORMED:");
    }

    @Test
    void aFileIsSignedByKeysThatAreNamedAlone() {
        init("one");
        session.must("release root --repository one");
        session.must("release export --repository one --document root --out root.json");

        Session.Result unnamed = session.sekimori("release sign --file root.json");

        assertThat(unnamed.exit()).isEqualTo(2);
        assertThat(unnamed.out()).contains("A root file, version 2");
        assertThat(unnamed.err()).contains("KEY_UNNAMED:");
        assertThat(session.sekimori("release sign --file root.json --repository one")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void aFileThatIsDatedAheadIsNotSigned() throws IOException {
        init("one");
        session.at(Session.NOW.plus(Duration.ofDays(2)));
        session.must("release root --repository one");
        session.must("release export --repository one --document root --out root.json");
        byte[] before = Files.readAllBytes(directory.resolve("root.json"));
        session.at(Session.NOW);

        Session.Result ahead = session.sekimori("release sign --file root.json --key root");

        assertThat(ahead.exit()).isEqualTo(1);
        assertThat(ahead.out()).contains("dated " + Session.NOW.plus(Duration.ofDays(2)));
        assertThat(ahead.err()).startsWith("ISSUED_AHEAD:");
        assertThat(directory.resolve("root.json")).hasBinaryContent(before);
    }

    @Test
    void aDirectorsKeyMayBeEncryptedToo() throws IOException {
        Factory factory = new Factory(directory);
        session.must("keys new director-root");
        session.must("keys new --encrypt --passphrase-stdin director");
        init("releases");
        session.must("release add --repository releases --feature product.json --jars jars");
        session.must("release sign --repository releases");
        session.must("director init --director director --root director-root --targets director");
        String making = "factory --unit unit --feature product.json --repository releases --director director"
                + " --model M-1 --serial 0001 --start-script start.sh";

        assertThat(session.sekimori(making).exit()).isEqualTo(1);
        assertThat(directory.resolve("unit")).doesNotExist();
        session.must(making + " --key director --passphrase-stdin");

        factory.jar("meter.jar", "org.example.meter", "1.1.0", "second");
        session.must("release add --repository releases --swap overlap meter.jar");
        session.must("release sign --repository releases");
        session.must("director assign --director director --repository releases --serial 0001"
                + " --set org.example.meter/1.1.0 --key director --passphrase-stdin");
    }

    private Session.Result init(String repository) {
        return session.sekimori("release init --passphrase-stdin --repository " + repository);
    }

    private static JsonObject json(Path file) throws Exception {
        return JsonObject.parse(Files.readString(file).getBytes(StandardCharsets.UTF_8));
    }
}
