package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori rollout}: hands releases to gateways in waves, and follows what becomes of it. */
@Command(
        name = "rollout",
        subcommands = {RolloutStart.class, RolloutApprovals.Wanted.class, RolloutApprovals.Offer.class})
public final class RolloutCommand implements Runnable {

    private static final int USUAL_MOST = 50;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public RolloutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "list")
    int list(
            @Mixin JsonOption json,
            @Option(names = "--most", paramLabel = "N", descriptionKey = "list.most") Optional<Integer> most)
            throws IOException, Failure, MalformedJson {
        List<JsonObject> rollouts =
                Groups.all(ConsoleClient.signedIn(shell), "/v1/rollouts", Map.of(), most.orElse(USUAL_MOST));
        if (json.wanted()) {
            shell.json(
                    Map.of("rollouts", rollouts.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        if (rollouts.isEmpty()) {
            shell.tell("rollout.none");
        }
        for (JsonObject rollout : rollouts) {
            shell.say(RolloutText.line(rollout));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "show")
    int show(@Mixin JsonOption json, @Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        JsonObject rollout = console.get("/v1/rollouts/" + id).json();
        List<JsonObject> targets = Groups.all(console, "/v1/rollouts/" + id + "/targets", Map.of(), Integer.MAX_VALUE);
        if (json.wanted()) {
            shell.json(Map.of(
                    "rollout", rollout.asMap(),
                    "targets", targets.stream().map(JsonObject::asMap).toList()));
            return ExitCode.OK.number();
        }
        new RolloutText(shell).whole(rollout, targets);
        return ExitCode.OK.number();
    }

    @Command(name = "follow")
    int follow(@Mixin JsonOption json, @Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        return new RolloutWatch(shell, ConsoleClient.signedIn(shell), json.wanted()).untilSettled(id);
    }

    @Command(name = "pause")
    int pause(@Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        return order(id, "pause");
    }

    @Command(name = "resume")
    int resume(@Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        return order(id, "resume");
    }

    @Command(name = "stop")
    int stop(@Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        return order(id, "stop");
    }

    @Command(name = "roll-back")
    int rollBack(@Parameters(paramLabel = "ID", descriptionKey = "rollout.id") String id)
            throws IOException, Failure, MalformedJson {
        return order(id, "roll-back");
    }

    private int order(String id, String action) throws IOException, Failure, MalformedJson {
        JsonObject rollout = ConsoleClient.signedIn(shell)
                .post("/v1/rollouts/" + id + "/" + action, Map.of())
                .json();
        shell.say(RolloutText.line(rollout));
        return ExitCode.OK.number();
    }
}
