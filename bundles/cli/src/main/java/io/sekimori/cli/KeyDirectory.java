package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * {@code --keys DIR}: the directory with a maker's keys, one {@code NAME.key} each, in the clear or encrypted; and with
 * the public halves of other people's, one {@code NAME.pub} each.
 */
final class KeyDirectory {

    private static final String SUFFIX = ".key";
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
        byte[] bytes = head(file);
        if (!EncryptedKey.is(bytes)) {
            return KeyFile.read(file);
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
        Path open = file(shell, name).resolveSibling(name + PUBLIC_SUFFIX);
        boolean others = Files.isRegularFile(open) && !Files.exists(file(shell, name));
        Path file = others ? open : present(shell, name);
        byte[] bytes = head(file);
        try {
            if (others) {
                return TufKey.parse(JsonObject.parse(bytes, EncryptedKey.MAX_BYTES));
            }
            return EncryptedKey.is(bytes)
                    ? EncryptedKey.publicKey(bytes)
                    : KeyFile.read(file).publicKey();
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage()).because(e);
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

    /** Whether the private half lies here encrypted. */
    boolean encrypted(Shell shell, String name) throws IOException, Failure {
        Path file = file(shell, name);
        return Files.isRegularFile(file) && EncryptedKey.is(head(file));
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

    List<String> names(Shell shell) throws IOException {
        if (!Files.isDirectory(path(shell))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path(shell))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
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

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(EncryptedKey.MAX_BYTES + 1);
        }
    }
}
