package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori config}: what is set on a gateway of the console that one is signed in at, and changes of it. */
@Command(name = "config")
public final class ConfigCommand implements Runnable {

    private static final int MOST_SECRET_BYTES = 4_096;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public ConfigCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "show")
    int show(
            @Mixin JsonOption json,
            @Parameters(paramLabel = "ID", index = "0", descriptionKey = "gateways.id") String id,
            @Parameters(paramLabel = "PID", index = "1", arity = "0..1", descriptionKey = "config.pid")
                    Optional<String> pid)
            throws IOException, Failure, MalformedJson {
        JsonObject sets = ConsoleClient.signedIn(shell)
                .get("/v1/gateways/" + id + "/settings")
                .json();
        if (json.wanted()) {
            shell.json(sets.asMap());
            return ExitCode.OK.number();
        }
        boolean found = pid.isEmpty();
        for (JsonObject set : sets.objects("sets")) {
            if (pid.isEmpty() || pid.get().equals(set.string("pid"))) {
                print(set);
                found = true;
            }
        }
        if (!found) {
            throw new Failure(ExitCode.REFUSED, "NO_SETTINGS", id, pid.orElse(""));
        }
        return ExitCode.OK.number();
    }

    private void print(JsonObject set) throws MalformedJson {
        shell.say(set.string("pid") + "  " + set.string("name"));
        for (JsonObject attribute : set.objects("attributes")) {
            Object value = attribute.has("secret")
                    ? (attribute.bool("set") ? "********" : "-")
                    : String.valueOf(attribute.asMap().get("value"));
            shell.say(String.format("  %-28s %s", attribute.string("id"), value));
        }
    }

    @Command(name = "set")
    int set(
            @Mixin JsonOption json,
            @Parameters(paramLabel = "ID", index = "0", descriptionKey = "gateways.id") String id,
            @Parameters(paramLabel = "PID", index = "1", descriptionKey = "config.pid") String pid,
            @Parameters(paramLabel = "ATTRIBUTE=VALUE", index = "2..*", descriptionKey = "config.value")
                    List<String> values,
            @Option(names = "--secret", paramLabel = "ATTRIBUTE=FILE", descriptionKey = "config.secret")
                    Map<String, Path> secrets,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, descriptionKey = "config.reason")
                    String reason,
            @Option(names = "--trial", paramLabel = "SECONDS", descriptionKey = "config.trial") Optional<Integer> trial,
            @Option(names = "--no-wait", descriptionKey = "config.nowait") boolean noWait)
            throws IOException, Failure, MalformedJson {
        Map<String, Object> wanted = new TreeMap<>();
        for (String words : values == null ? List.<String>of() : values) {
            put(wanted, words);
        }
        if (secrets != null) {
            for (Map.Entry<String, Path> each : secrets.entrySet()) {
                wanted.put(each.getKey(), secret(shell.resolve(each.getValue())));
            }
        }
        ConsoleClient console = ConsoleClient.signedIn(shell);
        String all = "/v1/gateways/" + id + "/settings/changes";
        JsonObject sent = console.post(
                        all,
                        Map.of(
                                "reason", reason,
                                "changes", Map.of(pid, wanted),
                                "trialSeconds", trial.orElse(60)))
                .json();
        String change = sent.string("id");
        if (!noWait) {
            if (!json.wanted()) {
                shell.note(shell.messages().text("config.sent", change, id));
            }
            return new ChangeWatch(shell, console, json.wanted()).untilSettled(id, change);
        }
        if (json.wanted()) {
            shell.json(sent.asMap());
        } else {
            shell.tell("config.sent", change, id);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "changes")
    int changes(@Mixin JsonOption json, @Parameters(paramLabel = "ID", descriptionKey = "gateways.id") String id)
            throws IOException, Failure, MalformedJson {
        List<JsonObject> changes =
                Groups.all(ConsoleClient.signedIn(shell), "/v1/gateways/" + id + "/settings/changes", Map.of(), 100);
        if (json.wanted()) {
            shell.json(Map.of("changes", changes.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        for (JsonObject change : changes) {
            shell.say(String.format(
                    "%-26s %-9s %-20s %-12s %s",
                    change.string("id"),
                    change.string("state"),
                    change.optionalString("code").orElse(""),
                    change.string("person"),
                    change.string("reason")));
        }
        return ExitCode.OK.number();
    }

    /** One value, or one more of a list. */
    private static void put(Map<String, Object> wanted, String words) throws Failure {
        int end = words.indexOf('=');
        if (end < 1) {
            throw new Failure(ExitCode.USAGE, "VALUE_MALFORMED", words);
        }
        wanted.merge(
                words.substring(0, end),
                words.substring(end + 1),
                (before, now) -> Stream.concat(
                                before instanceof List<?> list ? list.stream() : Stream.of(before), Stream.of(now))
                        .toList());
    }

    // In a file, since the words of a command line are seen by everybody at the machine.
    private static String secret(Path file) throws IOException, Failure {
        byte[] text = Files.readAllBytes(file);
        if (text.length > MOST_SECRET_BYTES) {
            throw new Failure(ExitCode.REFUSED, "SECRET_TOO_LONG", file);
        }
        return new String(text, StandardCharsets.UTF_8).stripTrailing();
    }
}
