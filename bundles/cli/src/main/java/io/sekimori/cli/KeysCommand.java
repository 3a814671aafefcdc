package io.sekimori.cli;

import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori keys}: the maker's own signing keys, offline. */
@Command(name = "keys")
final class KeysCommand implements Runnable {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "new")
    int create(
            @Mixin KeyDirectory directory,
            @Mixin JsonOption json,
            @Option(names = "--encrypt", descriptionKey = "keys.encrypt") boolean encrypt,
            @Option(names = "--type", paramLabel = "TYPE", defaultValue = "", descriptionKey = "keys.type") String word,
            @Option(names = "--pkcs11", paramLabel = "MODULE", descriptionKey = "keys.pkcs11") Path module,
            @Option(names = "--slot-index", paramLabel = "N", defaultValue = "0", descriptionKey = "keys.slot")
                    int slot,
            @Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "keys.names") List<String> names)
            throws IOException, Failure {
        if (module != null && (encrypt || !word.isEmpty())) {
            throw new Failure(ExitCode.USAGE, "TOKEN_ALONE");
        }
        KeyType type = KeyType.of(word.isEmpty() ? KeyType.ED25519.word() : word)
                .orElseThrow(() -> new Failure(ExitCode.USAGE, "KEY_TYPE", word));
        Files.createDirectories(directory.path(shell), OWNER_ONLY);
        List<Map<String, Object>> made = new ArrayList<>();
        for (String name : names) {
            if (module != null) {
                directory.createInToken(shell, name, module, slot);
            } else if (encrypt) {
                directory.createEncrypted(shell, name, type);
            } else {
                KeyFile.create(directory.file(shell, name), type);
            }
            made.add(KeyListing.facts(shell, directory, name));
        }
        return answer(made, json);
    }

    @Command(name = "adopt")
    int adopt(
            @Mixin KeyDirectory directory,
            @Mixin JsonOption json,
            @Option(names = "--pkcs11", paramLabel = "MODULE", required = true, descriptionKey = "keys.adopt.pkcs11")
                    Path module,
            @Option(names = "--slot-index", paramLabel = "N", defaultValue = "0", descriptionKey = "keys.slot")
                    int slot,
            @Option(names = "--label", paramLabel = "LABEL", defaultValue = "", descriptionKey = "keys.label")
                    String label,
            @Parameters(paramLabel = "NAME", descriptionKey = "keys.adopt.name") String name)
            throws IOException, Failure {
        Files.createDirectories(directory.path(shell), OWNER_ONLY);
        directory.adopt(shell, name, module, slot, label.isEmpty() ? name : label);
        return answer(List.of(KeyListing.facts(shell, directory, name)), json);
    }

    @Command(name = "export")
    int export(
            @Mixin KeyDirectory directory,
            @Parameters(paramLabel = "NAME", descriptionKey = "keys.name") String name,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "keys.out") Path out)
            throws IOException, Failure {
        Path file = shell.resolve(out);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, JsonText.bytes(directory.publicKey(shell, name).json()));
        shell.tell("keys.exported", file);
        return ExitCode.OK.number();
    }

    @Command(name = "list")
    int list(@Mixin KeyDirectory directory, @Mixin JsonOption json) throws IOException, Failure {
        return new KeyListing(shell, directory).read().answer(json);
    }

    @Command(name = "show")
    int show(
            @Mixin KeyDirectory directory,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "NAME", descriptionKey = "keys.name") String name)
            throws IOException, Failure {
        Map<String, Object> facts = KeyListing.facts(shell, directory, name);
        if (json.wanted()) {
            shell.json(facts);
        } else {
            facts.forEach((fact, value) -> shell.say(String.format("%-12s %s", fact, value)));
        }
        return ExitCode.OK.number();
    }

    private int answer(List<Map<String, Object>> keys, JsonOption json) {
        if (json.wanted()) {
            shell.json(Map.of("keys", keys));
        } else {
            keys.forEach(key -> shell.say(KeyListing.line(key)));
        }
        return ExitCode.OK.number();
    }
}
