package io.sekimori.cli;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori vault}: how much bundles keep encrypted on a running gateway, and the end of it. */
@Command(name = "vault")
final class VaultCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    VaultCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "show")
    int show(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure, ControlException, MalformedJson {
        JsonObject facts = UpdateCommand.answer(client(place.of(shell)).ask("vault.show", Map.of()));
        if (json.wanted()) {
            shell.json(Course.members(facts));
            return ExitCode.OK.number();
        }
        List<JsonObject> owners = facts.objects("owners");
        if (owners.isEmpty()) {
            shell.tell("vault.none");
        }
        for (JsonObject owner : owners) {
            if (owner.string("code").isEmpty()) {
                shell.tell("vault.data", owner.string("owner"), owner.number("entries"), owner.number("bytes"));
            } else {
                shell.tell("vault.unreadable", owner.string("owner"), owner.string("code"));
            }
        }
        return ExitCode.OK.number();
    }

    @Command(name = "destroy")
    int destroy(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "NAME", arity = "0..1", descriptionKey = "vault.owner") Optional<String> owner,
            @Option(names = "--all", descriptionKey = "vault.all") boolean all,
            @Option(names = "--reason", required = true, paramLabel = "WHY", descriptionKey = "vault.reason")
                    String reason)
            throws Failure, ControlException, MalformedJson {
        if (owner.isPresent() == all) {
            throw new Failure(ExitCode.USAGE, "VAULT_WHOSE");
        }
        Map<String, ?> request =
                all ? Map.of("all", true, "reason", reason) : Map.of("owner", owner.orElseThrow(), "reason", reason);
        JsonObject facts = UpdateCommand.answer(client(place.of(shell)).ask("vault.destroy", request));
        if (json.wanted()) {
            shell.json(Course.members(facts));
        } else if (all) {
            shell.tell("vault.destroyed-all");
        } else {
            shell.tell("vault.destroyed", owner.orElseThrow());
        }
        return ExitCode.OK.number();
    }

    private static ControlClient client(Unit unit) {
        return new ControlClient(unit.controlSocket(), Duration.ZERO);
    }
}
