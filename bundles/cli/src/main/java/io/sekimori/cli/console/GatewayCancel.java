package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code sekimori gateways cancel}: takes back what is on its way to one gateway. That it is asked for proves nothing; with
 * {@code --follow} it is 0 only once the gateway has proved that nothing of it runs.
 */
@Command(name = "cancel")
public final class GatewayCancel implements Callable<Integer> {

    /** A silent gateway is told when it comes back. */
    private static final Set<String> OPEN = Set.of("WAITING", "ASSIGNED", "IN_PROGRESS", "SILENT");

    private final Shell shell;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "ID", descriptionKey = "gateways.id")
    private String id;

    @Option(names = "--follow", descriptionKey = "gateways.cancel.follow")
    private boolean follow;

    /** The command in this shell. */
    public GatewayCancel(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        JsonObject asked =
                target(console.post("/v1/gateways/" + id + "/cancel", Map.of()).json(), Optional.empty());
        String rollout = asked.string("rollout");
        JsonObject seen = asked;
        if (follow && isOpen(asked)) {
            shell.note(shell.messages().text("gateways.cancel.waiting", id));
            seen = new Live(
                            console,
                            "/v1/rollouts/" + rollout + "/events",
                            () -> target(
                                    console.get("/v1/gateways/" + id + "/rollouts")
                                            .json(),
                                    Optional.of(rollout)))
                    .until(now -> !isOpen(now));
        }
        tell(seen);
        boolean undone = seen.string("state").equals("CANCELLED");
        return (undone || !follow ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private void tell(JsonObject seen) throws MalformedJson {
        if (json.wanted()) {
            shell.json(seen.asMap());
            return;
        }
        if (isOpen(seen)) {
            shell.tell("gateways.cancel.asked", id, seen.string("rollout"));
            return;
        }
        shell.say(
                (id + "  " + seen.string("state") + "  " + seen.string("code") + " " + seen.string("detail")).strip());
        Optional<String> advice = seen.optionalString("advice");
        advice.ifPresent(text -> shell.tell("error.advice", text));
    }

    private static boolean isOpen(JsonObject target) throws MalformedJson {
        return OPEN.contains(target.string("state"));
    }

    /** The newest that is taken back, or the one of that rollout. */
    private static JsonObject target(JsonObject page, Optional<String> rollout) throws MalformedJson {
        List<JsonObject> items = page.objects("items");
        for (JsonObject item : items) {
            if (rollout.isPresent()
                    ? item.string("rollout").equals(rollout.get())
                    : item.bool("takenBack") && !item.string("state").equals("CONFIRMED")) {
                return item;
            }
        }
        throw new MalformedJson("the console does not tell what it takes back");
    }
}
