package io.sekimori.cli;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori identity}: who a running gateway is, and how it becomes known to a console. */
@Command(name = "identity")
final class IdentityCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    IdentityCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "enrol")
    int enrol(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "identity.file") Path file)
            throws Failure, ControlException, MalformedJson, IOException {
        Unit unit = place.of(shell);
        Map<String, String> request = Map.of("activation", activation(shell.resolve(file)));
        JsonObject facts = UpdateCommand.answer(client(unit).ask("identity.enrol", request));
        if (json.wanted()) {
            shell.json(Course.members(facts));
        } else {
            shell.tell("identity.enrolled", facts.string("gateway"), facts.string("console"), facts.string("notAfter"));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "renew")
    int renew(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure, ControlException, MalformedJson {
        JsonObject facts = UpdateCommand.answer(client(place.of(shell)).ask("identity.renew", Map.of()));
        if (json.wanted()) {
            shell.json(Course.members(facts));
        } else {
            shell.tell("identity.certificate", facts.string("certificate"), facts.string("notAfter"));
        }
        return ExitCode.OK.number();
    }

    @Command(name = "show")
    int show(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure, ControlException, MalformedJson {
        JsonObject facts = UpdateCommand.answer(client(place.of(shell)).ask("identity.show", Map.of()));
        if (json.wanted()) {
            shell.json(Course.members(facts));
            return ExitCode.OK.number();
        }
        shell.tell("identity.unit", facts.string("model"), facts.string("serial"));
        if (facts.bool("enrolled")) {
            shell.tell("identity.gateway", facts.string("gateway"), facts.string("account"));
            shell.tell("identity.places", facts.string("console"), facts.string("broker"));
            shell.tell("identity.certificate", facts.string("certificate"), facts.string("notAfter"));
            shell.tell("identity.keys", facts.string("deviceKey"), facts.string("consoleKey"));
        } else {
            shell.tell("identity.nobody");
        }
        return ExitCode.OK.number();
    }

    @Command(name = "label")
    int label(
            @Mixin JsonOption json,
            @Parameters(paramLabel = "FILE", descriptionKey = "identity.file") Path file,
            @Option(names = "--code", descriptionKey = "identity.label.code") boolean codeAlone)
            throws Failure, IOException {
        ActivationText text = ActivationText.read(shell.resolve(file));
        if (json.wanted()) {
            shell.json(text.members());
        } else {
            shell.say(codeAlone ? text.code() : text.label());
        }
        if (text.notAfter().isBefore(shell.clock().instant())) {
            shell.note(shell.messages().text("identity.label.ended", text.notAfter()));
        }
        return ExitCode.OK.number();
    }

    // Read here and not by the gateway, whose user need not be able to.
    private static String activation(Path file) throws Failure, IOException {
        byte[] text = ActivationText.bytes(file);
        try {
            return new String(text, StandardCharsets.UTF_8);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static ControlClient client(Unit unit) {
        return new ControlClient(unit.controlSocket(), Duration.ZERO);
    }
}
