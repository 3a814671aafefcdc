package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.control.socket.ControlException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code sekimori console keys}: what the console signs with by itself. The console makes and removes them, so that they are its own
 * and in its audit.
 */
@Command(name = "keys")
public final class KeysCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public KeysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "list")
    int list(@Mixin ConsoleOption place, @Mixin JsonOption json)
            throws IOException, Failure, MalformedJson, ControlException {
        JsonObject found = ask(place, Map.of("what", "list"));
        if (json.wanted()) {
            shell.json(found.asMap());
            return ExitCode.OK.number();
        }
        for (JsonObject key : found.objects("keys")) {
            List<String> roles = key.strings("roles");
            shell.say(String.format(
                    "%-24s %-12s %s  %s",
                    key.string("name"),
                    key.string("scheme"),
                    key.string("keyId"),
                    roles.isEmpty() ? shell.messages().text("console.keys.unnamed") : String.join(" ", roles)));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "new")
    int create(
            @Mixin ConsoleOption place,
            @Mixin JsonOption json,
            @Option(
                            names = "--type",
                            paramLabel = "TYPE",
                            defaultValue = "ed25519",
                            descriptionKey = "console.keys.type")
                    String type,
            @Option(names = "--out", paramLabel = "DIR", required = true, descriptionKey = "console.keys.out") Path out,
            @Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "console.keys.names") List<String> names)
            throws IOException, Failure, MalformedJson, ControlException {
        Path folder = Files.createDirectories(shell.resolve(out));
        List<Map<String, Object>> made = new ArrayList<>();
        for (String name : names) {
            Path file = folder.resolve(name + ".pub");
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString()); // nobody's public half is taken for another's
            }
            JsonObject key = ask(place, Map.of("what", "new", "name", name, "type", type));
            Files.write(file, JsonText.bytes(key.object("key").asMap()), StandardOpenOption.CREATE_NEW);
            made.add(key.asMap());
            if (!json.wanted()) {
                shell.tell("console.keys.made", name, file);
            }
        }
        if (json.wanted()) {
            shell.json(Map.of("keys", made));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "remove")
    int remove(
            @Mixin ConsoleOption place,
            @Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "console.keys.names") List<String> names)
            throws IOException, Failure, MalformedJson, ControlException {
        for (String name : names) {
            ask(place, Map.of("what", "remove", "name", name));
            shell.tell("console.keys.removed", name);
        }
        return ExitCode.OK.number();
    }

    private JsonObject ask(ConsoleOption place, Map<String, ?> members)
            throws IOException, Failure, MalformedJson, ControlException {
        return place.ask(shell, "releases.keys", members);
    }
}
