package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.cli.StatusText;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori gateways}: the gateways of the console that one is signed in at. */
@Command(
        name = "gateways",
        subcommands = {GatewayShow.class, GatewayPack.class, GatewayCancel.class})
public final class GatewaysCommand implements Runnable {

    /** What a gateway that runs what it should proves. */
    private static final Set<String> PROVED = Set.of("AS_ASSIGNED", "NOTHING_ASSIGNED");

    private static final int USUAL_MOST = 10_000;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public GatewaysCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "list")
    int list(
            @Mixin FilterOptions filter,
            @Mixin JsonOption json,
            @Option(names = "--most", paramLabel = "N", descriptionKey = "list.most") Optional<Integer> most)
            throws IOException, Failure, MalformedJson {
        List<JsonObject> gateways =
                Groups.all(ConsoleClient.signedIn(shell), "/v1/gateways", filter.words(), most.orElse(USUAL_MOST));
        if (json.wanted()) {
            shell.json(
                    Map.of("gateways", gateways.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        if (gateways.isEmpty()) {
            shell.tell("gateways.none");
        }
        for (JsonObject gateway : gateways) {
            shell.say(String.format(
                    "%-14s  %-24s %-16s %-11s %-9s %4s  %s",
                    gateway.string("id"),
                    gateway.string("serial"),
                    gateway.string("model"),
                    gateway.string("life"),
                    gateway.bool("connected") ? "connected" : "silent",
                    gateway.optionalNumber("generation").map(String::valueOf).orElse("-"),
                    String.join(" ", gateway.strings("labels"))));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "status")
    int status(@Mixin JsonOption json, @Parameters(paramLabel = "ID", descriptionKey = "gateways.id") String id)
            throws IOException, Failure, MalformedJson {
        JsonObject status = ConsoleClient.signedIn(shell)
                .get("/v1/gateways/" + id + "/status")
                .json();
        if (json.wanted()) {
            shell.json(status.asMap());
        } else {
            // Whatever it says was so then; nobody knows whether it still is.
            shell.tell(
                    "gateways.status", id, status.string("at"), status.string("received"), status.number("generation"));
            StatusText.print(status, shell);
        }
        return ExitCode.OK.number();
    }

    /** Refused unless what it proves is what it was assigned, or it was assigned nothing yet. */
    @Command(name = "ask")
    int ask(@Mixin JsonOption json, @Parameters(paramLabel = "ID", descriptionKey = "gateways.id") String id)
            throws IOException, Failure, MalformedJson {
        JsonObject proof = ConsoleClient.signedIn(shell)
                .post("/v1/gateways/" + id + "/report")
                .json();
        if (json.wanted()) {
            shell.json(proof.asMap());
        } else {
            JsonObject gateway = proof.object("gateway");
            shell.tell(
                    "gateways.asked",
                    id,
                    proof.string("verdict"),
                    gateway.number("generation"),
                    gateway.string("made"),
                    gateway.optionalNumber("attacks").orElse(0L));
            for (String line : gateway.strings("findings")) {
                shell.say("  " + line);
            }
            for (String line : gateway.has("belowFloor") ? gateway.strings("belowFloor") : List.<String>of()) {
                shell.tell("gateways.belowfloor", line);
            }
        }
        boolean well = PROVED.contains(proof.string("verdict"));
        return (well ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    @Command(name = "add")
    int add(
            @Mixin JsonOption json,
            @Option(names = "--serial", paramLabel = "SERIAL", required = true, descriptionKey = "gateways.serial")
                    String serial,
            @Option(names = "--model", paramLabel = "MODEL", required = true, descriptionKey = "gateways.model")
                    String model,
            @Option(names = "--label", paramLabel = "LABEL", descriptionKey = "gateways.label") List<String> labels,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "gateways.out") Path out)
            throws IOException, Failure, MalformedJson {
        Path file = requireFree(out);
        JsonObject made = ConsoleClient.signedIn(shell)
                .post(
                        "/v1/gateways",
                        Map.of("serial", serial, "model", model, "labels", labels == null ? List.of() : labels))
                .json();
        return written(made, file, json);
    }

    @Command(name = "activation")
    int activation(
            @Mixin JsonOption json,
            @Parameters(paramLabel = "ID", descriptionKey = "gateways.id") String id,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "gateways.out") Path out)
            throws IOException, Failure, MalformedJson {
        Path file = requireFree(out);
        JsonObject made = ConsoleClient.signedIn(shell)
                .post("/v1/gateways/" + id + "/activation")
                .json();
        return written(made, file, json);
    }

    /** An activation file is shown once: where it goes is made sure of before. */
    private Path requireFree(Path out) throws IOException, Failure {
        Path file = shell.resolve(out);
        if (Files.exists(file)) {
            throw new Failure(ExitCode.REFUSED, "FILE_EXISTS", file);
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.delete(file);
        return file;
    }

    private int written(JsonObject made, Path file, JsonOption json) throws IOException, MalformedJson {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, made.string("activation").getBytes(StandardCharsets.UTF_8));
        if (json.wanted()) {
            shell.json(Map.of("id", made.string("id"), "file", file.toString()));
        } else {
            shell.tell("gateways.added", made.string("id"), file);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "label")
    int label(
            @Parameters(index = "0", paramLabel = "ID", descriptionKey = "gateways.id") String id,
            @Parameters(index = "1..*", paramLabel = "LABEL", descriptionKey = "gateways.labels") List<String> labels)
            throws IOException, Failure {
        return change(id, "labels", Map.of("labels", labels == null ? List.of() : labels));
    }

    @Command(name = "move")
    int move(
            @Parameters(index = "0", paramLabel = "ID", descriptionKey = "gateways.id") String id,
            @Parameters(index = "1", paramLabel = "STATE", descriptionKey = "gateways.life") String life)
            throws IOException, Failure {
        return change(id, "life", Map.of("life", life.toUpperCase(java.util.Locale.ROOT)));
    }

    private int change(String id, String part, Map<String, ?> wish) throws IOException, Failure {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        Optional<String> seen = console.get("/v1/gateways/" + id).tag();
        console.put("/v1/gateways/" + id + "/" + part, wish, seen);
        shell.tell("gateways.changed", id);
        return ExitCode.OK.number();
    }
}
