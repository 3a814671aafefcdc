package io.sekimori.cli.console;

import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.ca.IssuingRequest;
import io.sekimori.authority.ca.SigningKey;
import io.sekimori.cli.BoundedFile;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.control.socket.ControlException;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.file.KeyFiles;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sekimori console authority}: the key that certifies gateways, console and broker, and the next one. The console makes it; who
 * keeps the root signs it, without the console.
 */
@Command(name = "authority")
public final class AuthorityCommand implements Runnable {

    static final String ROOT_KEY = "authority-root";

    /** What was signed last, beside the root's key: what it revoked stays revoked. */
    private static final String KEPT = "issuers.pem";

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public AuthorityCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "show")
    int show(@Mixin ConsoleOption place, @Mixin JsonOption json)
            throws IOException, Failure, MalformedJson, ControlException {
        JsonObject facts = ask(place, Map.of("what", "show"));
        return told(facts, json);
    }

    @Command(name = "request")
    int request(
            @Mixin ConsoleOption place,
            @Mixin JsonOption json,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "console.authority.request")
                    Path out)
            throws IOException, Failure, MalformedJson, ControlException {
        JsonObject made = ask(place, Map.of("what", "request"));
        write(out, made.string("request").getBytes(StandardCharsets.US_ASCII));
        if (json.wanted()) {
            shell.json(Map.of("file", shell.resolve(out).toString(), "key", made.string("key")));
        } else {
            shell.tell("console.authority.requested", made.string("key"), shell.resolve(out));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "sign")
    int sign(
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "console.authority.requested.file") Path file,
            @Option(names = "--keys", paramLabel = "DIR", required = true, descriptionKey = "console.authority.keys")
                    Path keys,
            @Option(names = "--key", paramLabel = "SHA-256", required = true, descriptionKey = "console.authority.key")
                    String key,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "console.authority.signed")
                    Path out)
            throws IOException, Failure {
        Path folder = shell.resolve(keys);
        Path kept = folder.resolve(KEPT);
        try {
            IssuingRequest request =
                    IssuingRequest.parse(BoundedFile.read(shell.resolve(file), IssuingRequest.MAX_BYTES));
            if (!request.fingerprint().equals(key)) {
                throw new Failure(ExitCode.REFUSED, "OTHER_ISSUING_KEY", request.fingerprint());
            }
            Optional<byte[]> before = DurableFile.read(kept, IssuingRequest.MAX_BYTES);
            byte[] signed = request.sign(root(folder), before, shell.clock());
            DurableFile.write(kept, signed); // before anybody gets it: what is revoked once must not be forgotten
            write(out, signed);
        } catch (AuthorityException e) {
            throw new Failure(ExitCode.REFUSED, e.code().name(), String.valueOf(e.getMessage())).because(e);
        } catch (KeyException e) {
            throw new Failure(ExitCode.FAILED, e.code().name(), String.valueOf(e.getMessage())).because(e);
        }
        if (json.wanted()) {
            shell.json(Map.of("file", shell.resolve(out).toString(), "key", key));
        } else {
            shell.tell("console.authority.done", shell.resolve(out));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "import")
    int take(
            @Mixin ConsoleOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "console.authority.file") Path file)
            throws IOException, Failure, MalformedJson, ControlException {
        byte[] signed = BoundedFile.read(shell.resolve(file), IssuingRequest.MAX_BYTES);
        JsonObject facts = ask(place, Map.of("what", "import", "text", new String(signed, StandardCharsets.US_ASCII)));
        return told(facts, json);
    }

    private int told(JsonObject facts, JsonOption json) throws MalformedJson {
        if (json.wanted()) {
            shell.json(facts.asMap());
            return ExitCode.OK.number();
        }
        JsonObject issuing = facts.object("issuing");
        shell.tell(
                "console.authority.issuing", issuing.string("name"), issuing.string("key"), issuing.string("notAfter"));
        for (JsonObject each : facts.objects("former")) {
            shell.tell("console.authority.former", each.string("name"), each.string("key"));
        }
        if (!facts.objects("former").isEmpty()) {
            shell.tell("console.authority.certificates", facts.number("formerCertificates"));
        }
        Optional<String> waiting = facts.optionalString("waiting");
        if (waiting.isPresent()) {
            shell.tell("console.authority.waiting", waiting.get());
        }
        return ExitCode.OK.number();
    }

    private static SigningKey root(Path folder) throws KeyException {
        KeyFiles keys = new KeyFiles(folder);
        return new SigningKey(
                keys.publicKey(ROOT_KEY)
                        .orElseThrow(() -> new KeyException(KeyCode.KEY_UNKNOWN, ROOT_KEY + " in " + folder, null))
                        .key(),
                message -> keys.sign(ROOT_KEY, message));
    }

    private void write(Path out, byte[] bytes) throws IOException {
        Files.write(shell.resolve(out), bytes, StandardOpenOption.CREATE_NEW);
    }

    private JsonObject ask(ConsoleOption place, Map<String, ?> members)
            throws IOException, Failure, MalformedJson, ControlException {
        return place.ask(shell, "authority.issuing", members);
    }
}
