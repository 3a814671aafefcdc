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
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sekimori gateways show}: one gateway, what it proved to run, and whether what it is to run is held back. */
@Command(name = "show")
public final class GatewayShow implements Callable<Integer> {

    private static final List<String> FACTS =
            List.of("id", "serial", "model", "life", "registered", "deviceKey", "lastHeard", "reported");

    private static final Set<String> UNTOLD = Set.of("PART_ABSENT", "AREA_ABSENT", "AREA_FAILED");

    private final Shell shell;

    @Mixin
    private JsonOption json;

    @Parameters(paramLabel = "ID", descriptionKey = "gateways.id")
    private String id;

    /** The command in this shell. */
    public GatewayShow(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson {
        ConsoleClient console = ConsoleClient.signedIn(shell);
        JsonObject gateway = console.get("/v1/gateways/" + id).json();
        Optional<JsonObject> held = held(console);
        if (json.wanted()) {
            Map<String, Object> all = new TreeMap<>(gateway.asMap());
            held.ifPresent(one -> all.put("held", one.asMap()));
            shell.json(all);
            return ExitCode.OK.number();
        }
        for (String name : FACTS) {
            fact(name, gateway.optionalString(name));
        }
        fact("generation", gateway.optionalNumber("generation").map(String::valueOf));
        Optional<JsonObject> last = gateway.optionalObject("lastTransition");
        if (last.isPresent()) {
            fact(
                    "last",
                    Optional.of(last.get().string("outcome") + " " + last.get().string("code")));
        }
        if (gateway.has("bundles")) {
            for (JsonObject bundle : gateway.objects("bundles")) {
                shell.say(String.format(
                        "  %-44s %-18s %s",
                        bundle.string("symbolicName"),
                        bundle.string("version"),
                        bundle.string("sha256").substring(0, 12)));
            }
        }
        if (held.isPresent()) {
            shell.tell(
                    "gateways.held",
                    Long.toString(held.get().number("assignment")),
                    held.get().string("code"),
                    held.get().string("detail"));
            held.get().optionalString("advice").ifPresent(advice -> shell.tell("error.advice", advice));
        }
        return ExitCode.OK.number();
    }

    /** A part of the console that is away, or cannot read its releases, keeps nobody from seeing the rest. */
    private Optional<JsonObject> held(ConsoleClient console) throws IOException, Failure, MalformedJson {
        try {
            return console.get("/v1/gateways/" + id + "/update").json().optionalObject("held");
        } catch (Failure e) {
            if (!UNTOLD.contains(e.code())) {
                throw e;
            }
            shell.note(shell.messages().text("gateways.held.unknown", e.code()));
            return Optional.empty();
        }
    }

    private void fact(String name, Optional<String> value) {
        value.filter(text -> !text.isBlank()).ifPresent(text -> shell.say(String.format("%-12s %s", name, text)));
    }
}
