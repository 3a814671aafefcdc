package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * {@code --keys DIR}: the directory with a maker's keys, one {@code NAME.key} each, in the clear, encrypted, or only where
 * to find it in a token; and with the public halves of other people's, one {@code NAME.pub} each.
 */
final class KeyDirectory {

    /** What the files of keys end with. */
    static final String SUFFIX = ".key";

    private static final String PUBLIC_SUFFIX = ".pub";
    private static final int SHORTEST_PASSPHRASE = 12;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    @Option(names = "--keys", paramLabel = "DIR", descriptionKey = "keys")
    private Path given;

    @Option(names = "--passphrase-stdin", descriptionKey = "keys.stdin")
    private boolean stdin;

    private Secrets secrets;

    /** {@code --key NAME}: which keys sign. */
    static final class Chosen {

        @Option(names = "--key", paramLabel = "NAME", descriptionKey = "sign.key")
        private List<String> names = List.of();

        /** Their names; none for all that lie in the clear. */
        List<String> names() {
            return names;
        }
    }

    /** The directory: the option, else SEKIMORI_KEYS, else the user's own. */
    Path path(Shell shell) {
        if (given != null) {
            return shell.resolve(given);
        }
        String named = shell.environment().getOrDefault("SEKIMORI_KEYS", "");
        if (!named.isEmpty()) {
            return shell.resolve(Path.of(named));
        }
        return Path.of(shell.environment().getOrDefault("HOME", "."), ".local", "share", "sekimori", "keys");
    }

    /** The file of the key {@code name}. */
    Path file(Shell shell, String name) throws Failure {
        if (!name.matches(NAME)) {
            throw new Failure(ExitCode.USAGE, "KEY_NAME", name);
        }
        return path(shell).resolve(name + SUFFIX);
    }

    /** Asks for passphrases, one after the other, as this command line says. */
    Secrets secrets(Shell shell) {
        if (secrets == null) {
            secrets = new Secrets(shell, stdin);
        }
        return secrets;
    }

    /** Opens one key, asking for its passphrase if it has one. */
    Signer key(Shell shell, String name) throws IOException, Failure {
        Path file = present(shell, name);
        byte[] bytes = BoundedFile.read(file, EncryptedKey.MAX_BYTES);
        if (!EncryptedKey.is(bytes)) {
            return KeyFile.read(file);
        }
        if (TokenKeyFile.is(bytes)) {
            return inToken(shell, file, bytes);
        }
        shell.note(shell.messages().text("keys.encrypted", name));
        char[] passphrase = secrets(shell).ask("keys.passphrase");
        try {
            return EncryptedKey.open(name, bytes, passphrase);
        } catch (MalformedJson | GeneralSecurityException e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage()).because(e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** The public half of one key, of somebody else's also; nobody is asked for anything. */
    TufKey publicKey(Shell shell, String name) throws IOException, Failure {
        if (Files.isRegularFile(publicFile(shell, name)) && !Files.exists(file(shell, name))) {
            return publicHalf(shell, name);
        }
        Path file = present(shell, name);
        byte[] bytes = BoundedFile.read(file, EncryptedKey.MAX_BYTES);
        try {
            if (TokenKeyFile.is(bytes)) {
                return TokenKeyFile.parse(bytes).open();
            }
            return EncryptedKey.is(bytes)
                    ? EncryptedKey.publicKey(bytes)
                    : KeyFile.read(file).publicKey();
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage()).because(e);
        }
    }

    /** The file with the public half of the key {@code name}; nothing needs it where the key itself lies. */
    Path publicFile(Shell shell, String name) throws Failure {
        return file(shell, name).resolveSibling(name + PUBLIC_SUFFIX);
    }

    /** What that file says. */
    TufKey publicHalf(Shell shell, String name) throws IOException, Failure {
        Path file = publicFile(shell, name);
        String exportAgain = shell.messages().text("keys.export.again", name);
        try {
            TufKey key = TufKey.parse(
                    JsonObject.parse(BoundedFile.read(file, EncryptedKey.MAX_BYTES), EncryptedKey.MAX_BYTES));
            if (!key.usable()) {
                throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, key.scheme()).advising(exportAgain);
            }
            return key;
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage())
                    .because(e)
                    .advising(exportAgain);
        }
    }

    /** Makes a key that is encrypted with a passphrase asked for twice; never replaces one. */
    void createEncrypted(Shell shell, String name, KeyType type) throws IOException, Failure {
        Path file = file(shell, name);
        shell.note(shell.messages().text("keys.encrypted", name));
        char[] passphrase = secrets(shell).askTwice("keys.passphrase");
        try {
            if (passphrase.length < SHORTEST_PASSPHRASE) {
                throw new Failure(ExitCode.USAGE, "KEY_PASSPHRASE_SHORT", SHORTEST_PASSPHRASE);
            }
            OwnerFile.create(file, EncryptedKey.create(type, passphrase, new SecureRandom()));
        } catch (GeneralSecurityException e) {
            throw new Failure(ExitCode.FAILED, "KEY_MALFORMED", file, e.getMessage()).because(e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Has the token make a key, under the same name as here; never replaces one, here or there. */
    void createInToken(Shell shell, String name, Path module, int slot) throws IOException, Failure {
        Path file = file(shell, name);
        if (Files.exists(file)) {
            throw new Failure(ExitCode.REFUSED, "KEY_FILE_EXISTS", file + " exists");
        }
        Token.in(shell.resolve(module), slot); // before anybody types a PIN
        shell.note(shell.messages().text("keys.token", name, slot));
        char[] pin = secrets(shell).ask("keys.pin");
        try {
            new TokenMaking(shell, file, name).make(shell.resolve(module), slot, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** Takes a key of a token for one of these, whoever made it; never replaces one here. */
    void adopt(Shell shell, String name, Path module, int slot, String alias) throws IOException, Failure {
        Path file = file(shell, name);
        if (Files.exists(file)) {
            throw new Failure(ExitCode.REFUSED, "KEY_FILE_EXISTS", file + " exists");
        }
        Token token = Token.in(shell.resolve(module), slot);
        shell.note(shell.messages().text("keys.token", alias, slot));
        char[] pin = secrets(shell).ask("keys.pin");
        try {
            new TokenMaking(shell, file, name).adopt(token, alias, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** Whether the making of that key in a token was cut, and has to be ended. */
    Optional<TokenNote> cut(Shell shell, String name) throws IOException, Failure {
        return Files.exists(path(shell).resolve(name + SUFFIX)) ? Optional.empty() : TokenNote.of(path(shell), name);
    }

    private Signer inToken(Shell shell, Path file, byte[] bytes) throws IOException, Failure {
        TokenKeyFile key;
        try {
            key = TokenKeyFile.parse(bytes);
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage()).because(e);
        }
        Token token = Token.in(key.module(), key.slot());
        shell.note(shell.messages().text("keys.token", key.alias(), key.slot()));
        char[] pin = secrets(shell).ask("keys.pin");
        try {
            return TokenKey.open(token, key.alias(), key.open(), pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** Whether using the private half takes a passphrase or a PIN. */
    boolean encrypted(Shell shell, String name) throws IOException, Failure {
        Path file = file(shell, name);
        return Files.isRegularFile(file) && EncryptedKey.is(BoundedFile.read(file, EncryptedKey.MAX_BYTES));
    }

    /** Whether the private half lies in a token. */
    boolean inToken(Shell shell, String name) throws IOException, Failure {
        Path file = file(shell, name);
        return Files.isRegularFile(file) && TokenKeyFile.is(BoundedFile.read(file, EncryptedKey.MAX_BYTES));
    }

    /** Opens the named keys; if none is named all that lie in the clear, so that nobody types what nobody needs. */
    List<Signer> signers(Shell shell, List<String> wanted) throws IOException, Failure {
        List<Signer> signers = new ArrayList<>();
        for (String name : wanted.isEmpty() ? names(shell) : wanted) {
            if (!wanted.isEmpty() || !encrypted(shell, name)) {
                signers.add(key(shell, name));
            }
        }
        return signers;
    }

    /** The keys that are here. */
    List<String> names(Shell shell) throws IOException {
        return names(shell, SUFFIX);
    }

    /** The keys whose public halves are here. */
    List<String> publicNames(Shell shell) throws IOException {
        return names(shell, PUBLIC_SUFFIX);
    }

    private List<String> names(Shell shell, String suffix) throws IOException {
        if (!Files.isDirectory(path(shell))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path(shell))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        }
    }

    private Path present(Shell shell, String name) throws Failure {
        Path file = file(shell, name);
        if (!Files.isRegularFile(file)) {
            throw new Failure(ExitCode.REFUSED, "KEY_MISSING", file);
        }
        return file;
    }
}
