package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.AuthProvider;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that a token makes and keeps; the token is SoftHSM, which speaks PKCS #11 like any other. */
class TokenKeyTest {

    private static final String MODULE = "/usr/lib/softhsm/libsofthsm2.so";
    private static final String PIN = "648219";
    // The library reads it once in a process, so all tests share a token; the build names the file (pom.xml).
    private static final Path CONFIGURATION = Paths.get(System.getenv("SOFTHSM2_CONF"));

    @TempDir
    private Path directory;

    private Session session;
    private String name;

    @BeforeAll
    static void aToken() throws Exception {
        Path tokens = CONFIGURATION.resolveSibling("softhsm2-tokens");
        if (Files.exists(tokens)) {
            try (Stream<Path> old = Files.walk(tokens)) {
                for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.createDirectories(tokens);
        Files.writeString(CONFIGURATION, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\n");
        for (String label : new String[] {"maker", "other"}) {
            run("softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "1357924680", "--pin", PIN);
        }
    }

    @BeforeEach
    void aKeyInIt() {
        session = new Session(directory).typing(PIN);
        name = directory.getFileName().toString();
        session.must("keys new targets snapshot timestamp");
        session.must(making());
    }

    @Test
    void itSignsARootAndTargetsThatVerify() {
        session.must("release init --repository releases --passphrase-stdin --root " + name + " --targets " + name);
        session.must("release renew --role targets --repository releases");
        new Session(directory)
                .typing(PIN)
                .must("release sign --repository releases --passphrase-stdin --key snapshot --key timestamp --key "
                        + name);

        assertThat(session.must("release verify --repository releases").exit()).isZero();
    }

    @Test
    void itsFileHasNoSecretAndItsPublicHalfNeedsNoPin() throws Exception {
        Session silent = new Session(directory);

        var shown = silent.must("keys show " + name + " --json").json();

        assertThat(shown.string("scheme")).isEqualTo("ecdsa-sha2-nistp256");
        assertThat(shown.bool("token")).isTrue();
        assertThat(Files.readString(file())).doesNotContain(PIN).doesNotContain("PRIVATE");
    }

    @Test
    void theTokenDoesNotGiveItAway() throws Exception {
        var key = Token.in(Path.of(MODULE), 0).open(PIN.toCharArray()).getKey(name, null);

        assertThat(key.getEncoded()).isNull();
    }

    @Test
    void anotherPinIsRefusedAndNothingIsMade() throws Exception {
        // Who is signed in at a token is so for the whole process (PKCS #11, 5.6); each command has one of its own.
        ((AuthProvider) Token.in(Path.of(MODULE), 0).provider()).logout();
        Session wrong = new Session(directory).typing("111111");

        assertRefused(wrong.sekimori("release init --repository two --passphrase-stdin --root " + name), "TOKEN_PIN");
        assertThat(directory.resolve("two")).doesNotExist();
        assertRefused(wrong.sekimori(making().replace(name, "other")), "TOKEN_PIN");
        assertThat(directory.resolve("keys/other.key")).doesNotExist();
    }

    @Test
    void anotherTokensKeyOfThatNameIsNotTakenForIt() throws Exception {
        session.must(making().replace(name, name + "-2"));
        String second = Files.readString(directory.resolve("keys/" + name + "-2.key"));
        Files.writeString(file(), second.replace(name + "-2", name));

        assertRefused(
                session.sekimori("release init --repository two --passphrase-stdin --root " + name),
                "TOKEN_KEY_MISSING");
    }

    @Test
    void itIsReplacedNeitherHereNorThere() throws Exception {
        assertRefused(session.sekimori(making()), "KEY_FILE_EXISTS");
        Files.delete(file());

        assertRefused(session.sekimori(making()), "TOKEN_KEY_EXISTS");
        assertThat(file()).doesNotExist();
    }

    /** Another tool made it under a label of its own; it signs here as one of ours. */
    @Test
    void aKeyThatAnotherToolMadeIsAdopted() throws Exception {
        String label = name + "-of-the-maker";
        Token token = Token.making(Path.of(MODULE), 0, label);
        KeyStore keys = token.open(PIN.toCharArray());
        KeyPair pair = token.generate();
        keys.setKeyEntry(label, pair.getPrivate(), null, certificate(pair, token));

        assertRefused(session.sekimori(adopting("a")), "TOKEN_KEY_UNSEEN");
        session.must(adopting("a") + " --label " + label);

        session.must("release init --repository adopted --passphrase-stdin --root a --targets a");
        assertThat(new Session(directory).must("keys show a --json").json().bool("token"))
                .isTrue();
        assertRefused(session.sekimori(adopting("a") + " --label " + name), "KEY_FILE_EXISTS");
    }

    @Test
    void aCertificateOfAnotherKeyIsNotBelieved() throws Exception {
        String label = name + "-b";
        Token token = Token.making(Path.of(MODULE), 0, label);
        KeyStore keys = token.open(PIN.toCharArray());
        KeyPair pair = token.generate();
        KeyPairGenerator software = KeyPairGenerator.getInstance("EC", "SunEC");
        software.initialize(256);
        keys.setKeyEntry(label, pair.getPrivate(), null, certificate(software.generateKeyPair(), token));

        assertRefused(session.sekimori(adopting("b") + " --label " + label), "TOKEN_KEY_UNFIT");
        assertThat(directory.resolve("keys/b.key")).doesNotExist();
    }

    @Test
    void aCutBeforeTheCertificateLeavesNothingAndIsSaid() throws Exception {
        String cut = name + "-c";
        Token token = Token.making(Path.of(MODULE), 0, cut);
        token.open(PIN.toCharArray());
        begun(cut, 0);
        token.generate();
        assertThat(session.must("keys list").err()).contains(cut);

        Session.Result again = session.must(making().replace(name, cut));

        assertThat(again.err()).contains("removed");
        session.must("release init --repository cut --passphrase-stdin --root " + cut + " --targets " + cut);
        assertThat(session.must("keys list").err()).doesNotContain(cut);
        assertThat(TokenLeftover.remove(Token.in(Path.of(MODULE), 0), cut + "-never", PIN.toCharArray()))
                .isFalse();
    }

    @Test
    void aCutAfterTheCertificateIsFinished() throws Exception {
        String cut = name + "-d";
        session.must(making().replace(name, cut));
        String before = Files.readString(directory.resolve("keys/" + cut + ".key"));
        Files.delete(directory.resolve("keys/" + cut + ".key"));
        begun(cut, 0);

        Session.Result again = session.must(making().replace(name, cut));

        assertThat(again.err()).contains("is taken");
        assertThat(Files.readString(directory.resolve("keys/" + cut + ".key"))).isEqualTo(before);
        begun(name + "-e", 3);
        assertRefused(session.sekimori(making().replace(name, name + "-e")), "TOKEN_CUT");
    }

    @Test
    void whatAnotherToolPutThereAfterACutStays() throws Exception {
        String cut = name + "-f";
        Token token = Token.making(Path.of(MODULE), 0, cut);
        KeyStore keys = token.open(PIN.toCharArray());
        KeyPair pair = token.generate();
        keys.setKeyEntry(cut, pair.getPrivate(), null, certificate(pair, token));
        begun(cut, 0);

        assertRefused(session.sekimori(making().replace(name, cut)), "TOKEN_KEY_EXISTS");

        session.must(adopting(cut));
        assertThat(session.must("keys list").err()).doesNotContain(cut);
    }

    /** Another token lies in the slot: nothing is looked for in it, and what is left goes from the one that has it. */
    @Test
    void whatIsLeftInOneTokenIsRemovedFromThatOneWhereverItLies() throws Exception {
        String cut = name + "-g";
        cutIn(1, cut, 0); // it was in slot 0 then
        Token.making(Path.of(MODULE), 0, cut).open(PIN.toCharArray());
        Token.making(Path.of(MODULE), 0, cut).generate(); // somebody else's, with nothing that shows it

        assertRefused(session.sekimori(making().replace(name, cut)), "TOKEN_CUT");
        assertRefused(session.sekimori(adopting(cut) + " --label " + name), "TOKEN_CUT");
        assertThat(session.must("keys list").err()).contains(cut);

        Session.Result again = session.must(making().replace(name, cut) + " --slot-index 1");

        assertThat(again.err()).contains("removed");
        assertThat(session.must("keys list").err()).doesNotContain(cut);
        assertThat(marks(1)).isEmpty();
        assertThat(TokenLeftover.remove(Token.in(Path.of(MODULE), 0), cut, PIN.toCharArray()))
                .isTrue(); // that of somebody else stayed
    }

    @Test
    void whatIsLeftInATokenGoesWhenAnotherKeyIsMadeThere() throws Exception {
        String cut = name + "-h";
        cutIn(1, cut, 1);

        Session.Result other = session.must(making().replace(name, name + "-i") + " --slot-index 1");

        assertThat(other.err()).contains(cut).contains("removed");
        assertThat(session.must("keys list").err()).doesNotContain(cut);
        assertThat(marks(1)).isEmpty();
        assertThat(TokenLeftover.remove(Token.in(Path.of(MODULE), 1), cut, PIN.toCharArray()))
                .isFalse();
    }

    /** The key is there and its file, and only the mark is left. */
    @Test
    void aCutBeforeTheMarkIsTakenAwayHarmsNoKey() throws Exception {
        String cut = name + "-j";
        session.must(making().replace(name, cut) + " --slot-index 1");
        mark(1, cut, 1);

        session.must(making().replace(name, name + "-k") + " --slot-index 1");

        assertThat(marks(1)).isEmpty();
        session.must("release init --repository whole --passphrase-stdin --root " + cut + " --targets " + cut);
    }

    @Test
    void aKeyThatIsWholeInAnotherTokenIsLeftToBeTaken() throws Exception {
        String cut = name + "-l";
        session.must(making().replace(name, cut) + " --slot-index 1");
        Files.delete(directory.resolve("keys/" + cut + ".key"));
        mark(1, cut, 0);

        session.must(making().replace(name, name + "-m") + " --slot-index 1");
        assertThat(session.must("keys list").err()).contains(cut);

        assertThat(session.must(making().replace(name, cut) + " --slot-index 1").err())
                .contains("is taken");
        assertThat(marks(1)).isEmpty();
    }

    /** As a run leaves it that ends between the making of the key and its certificate. */
    private void cutIn(int slot, String key, int then) throws Exception {
        mark(slot, key, then);
        Token token = Token.making(Path.of(MODULE), slot, key);
        token.open(PIN.toCharArray());
        token.generate();
    }

    private void mark(int slot, String key, int then) throws Exception {
        String mark = TokenMark.next(key);
        assertThat(TokenMark.put(Token.in(Path.of(MODULE), slot), mark, PIN.toCharArray()))
                .isTrue();
        new TokenNote(key, Path.of(MODULE), then, mark, true).write(directory.resolve("keys"));
    }

    private static List<String> marks(int slot) throws Exception {
        return Collections.list(
                        Token.in(Path.of(MODULE), slot).open(PIN.toCharArray()).aliases())
                .stream()
                .filter(alias -> alias.contains(".begun."))
                .toList();
    }

    private void begun(String key, int slot) throws IOException {
        Files.writeString(
                directory.resolve("keys/." + key + ".making"), "{\"module\":\"" + MODULE + "\",\"slot\":" + slot + "}");
    }

    private String adopting(String key) {
        return "keys adopt --passphrase-stdin --pkcs11 " + MODULE + " " + key;
    }

    private static Certificate[] certificate(KeyPair pair, Token token) throws Exception {
        boolean software = pair.getPrivate().getEncoded() != null;
        return new Certificate[] {
            TokenLabel.of(
                    "of another tool",
                    pair.getPublic(),
                    pair.getPrivate(),
                    software ? Security.getProvider("SunEC") : token.provider())
        };
    }

    @Test
    void whatIsNoTokenIsSaid() throws Exception {
        Path text = Files.writeString(directory.resolve("text.so"), "no library");

        assertRefused(session.sekimori(making().replace(MODULE, "/nowhere.so") + "-3"), "TOKEN_UNAVAILABLE");
        assertRefused(session.sekimori(making().replace(MODULE, text.toString()) + "-3"), "TOKEN_UNAVAILABLE");
        assertRefused(session.sekimori(making() + "-3 --slot-index 77"), "TOKEN_UNAVAILABLE");
        assertThat(session.sekimori(making() + "-3 --encrypt").err()).startsWith("TOKEN_ALONE:");
    }

    private String making() {
        return "keys new --passphrase-stdin --pkcs11 " + MODULE + " " + name;
    }

    private Path file() {
        return directory.resolve("keys/" + name + ".key");
    }

    private static void assertRefused(Session.Result result, String code) {
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).contains(code + ":").contains("->").doesNotContain("\tat ");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(List.of(command) + said).isZero();
    }
}
