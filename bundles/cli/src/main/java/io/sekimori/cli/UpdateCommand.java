package io.sekimori.cli;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlClient.Reply;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori update}: has a running gateway go to another generation, and watches it do so. */
@Command(name = "update", subcommands = UpdateMedia.class)
public final class UpdateCommand implements Runnable {

    /** How long a gateway may be away while it restarts into a generation. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    UpdateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "plan")
    int plan(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "update.file") Path file)
            throws Failure, ControlException, MalformedJson, IOException {
        Unit unit = place.of(shell);
        JsonObject plan;
        try (PackInSight pack = PackInSight.of(unit, pack(file), PackInSight.HIDDEN)) {
            plan = answer(client(unit).plan(pack.path()));
        }
        if (json.wanted()) {
            shell.json(Course.members(plan));
        } else {
            new PlanText(shell).print(plan);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "apply")
    int apply(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "update.file") Path file)
            throws Failure, ControlException, MalformedJson, IOException {
        Unit unit = place.of(shell);
        ControlClient client = client(unit);
        Course course = new Course(shell, client, json.wanted());
        try (PackInSight pack = PackInSight.of(unit, pack(file), PackInSight.HIDDEN)) {
            return course.watch(events -> client.apply(pack.path(), events));
        }
    }

    @Command(name = "follow")
    int follow(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "ID", arity = "0..1", descriptionKey = "update.id") String id)
            throws Failure, ControlException, MalformedJson, IOException {
        Unit unit = place.of(shell);
        ControlClient client = client(unit);
        Course course = new Course(shell, client, json.wanted());
        if (id == null) {
            String open = open(unit);
            return course.look(events -> client.follow(open, events));
        }
        TransitionFile known = known(unit, id);
        if (known.outcome().isEmpty()) {
            return course.look(events -> client.follow(id, events));
        }
        // It is over, and the disk says how; the gateway need not run for that.
        JsonObject report = JsonObject.parse(JsonText.bytes(known.flattened()));
        return course.look(events -> new Reply.Answer(report));
    }

    @Command(name = "cancel")
    int cancel(
            @Mixin UnitOption place,
            @Parameters(paramLabel = "ID", arity = "0..1", descriptionKey = "update.id") String id)
            throws Failure, ControlException, MalformedJson, IOException {
        Unit unit = place.of(shell);
        String wanted = id == null ? open(unit) : id;
        answer(client(unit).cancel(wanted));
        shell.tell("update.cancelled", wanted);
        return ExitCode.OK.number();
    }

    @Command(name = "install")
    int install(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure, ControlException, MalformedJson {
        ControlClient client = client(place.of(shell));
        String id = answer(client.ask("update.install")).string("id");
        return new Course(shell, client, json.wanted()).look(events -> client.follow(id, events));
    }

    @Command(name = "defer")
    int defer(@Mixin UnitOption place, @Parameters(paramLabel = "HOURS", descriptionKey = "update.hours") int hours)
            throws Failure, ControlException, MalformedJson {
        if (hours < 0) {
            throw new ParameterException(spec.commandLine(), shell.messages().text("update.hours"));
        }
        long minutes = Duration.ofHours(hours).toMinutes();
        JsonObject facts = answer(client(place.of(shell)).ask("defer", Map.of("minutes", minutes)));
        shell.tell(hours == 0 ? "update.resumed" : "update.deferred", facts.string("until"));
        return ExitCode.OK.number();
    }

    @Command(name = "history")
    int history(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure, IOException {
        // From the disk: what happened is asked for most when the gateway no longer answers.
        List<TransitionFile> finished = TransitionFile.finished(place.of(shell));
        if (json.wanted()) {
            shell.json(Map.of(
                    "transitions",
                    finished.stream().map(TransitionFile::flattened).toList()));
        } else if (finished.isEmpty()) {
            shell.tell("update.noHistory");
        } else {
            finished.forEach(each -> shell.say(line(each)));
        }
        return ExitCode.OK.number();
    }

    private static String line(TransitionFile transition) {
        return String.format(
                        "%s  %s  %d -> %d  %-11s %s",
                        transition.endedSecond(),
                        transition.id(),
                        transition.from(),
                        transition.to(),
                        transition.outcome().orElse("?"),
                        transition.reason().map(Finding::code).orElse(""))
                .stripTrailing();
    }

    private static ControlClient client(Unit unit) {
        return new ControlClient(unit.controlSocket(), PATIENCE);
    }

    private Path pack(Path file) throws Failure {
        Path pack = shell.resolve(file);
        if (!Files.isRegularFile(pack)) {
            throw new Failure(ExitCode.REFUSED, "NO_PACK", pack);
        }
        return pack;
    }

    private static String open(Unit unit) throws IOException, MalformedJson, Failure {
        Optional<TransitionFile> open = TransitionFile.open(unit);
        return open.map(TransitionFile::id).orElseThrow(() -> new Failure(ExitCode.REFUSED, "NO_TRANSITION"));
    }

    // A gateway that does not know it may be on the move, so the client would look for it for minutes.
    private static TransitionFile known(Unit unit, String id) throws IOException, MalformedJson, Failure {
        Optional<TransitionFile> open =
                TransitionFile.open(unit).filter(each -> each.id().equals(id));
        if (open.isPresent()) {
            return open.get();
        }
        return TransitionFile.finished(unit).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "TRANSITION_UNKNOWN", id));
    }

    /** What was answered, or the refusal. */
    public static JsonObject answer(Reply reply) throws Failure {
        if (reply instanceof Reply.Refused refused) {
            throw new Failure(ExitCode.REFUSED, refused.code(), refused.detail());
        }
        return ((Reply.Answer) reply).members();
    }
}
