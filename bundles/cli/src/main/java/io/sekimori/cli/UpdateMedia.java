package io.sekimori.cli;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlClient.Reply;
import io.sekimori.control.socket.ControlException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sekimori update media}: what lies on sticks or was uploaded, and what of it the gateway would take, each by a dry run. */
@Command(name = "media")
final class UpdateMedia implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Shell shell;

    @Mixin
    private UnitOption place;

    @Mixin
    private JsonOption json;

    UpdateMedia(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Failure, ControlException, MalformedJson, IOException {
        ControlClient client = new ControlClient(place.of(shell).controlSocket(), PATIENCE);
        List<JsonObject> packs =
                UpdateCommand.answer(client.ask("update.media")).objects("packs");
        List<Map<String, Object>> told = new ArrayList<>();
        for (JsonObject pack : packs) {
            shell.progress(pack.string("name"));
            Reply reply = client.plan(Path.of(pack.string("file")));
            shell.progress("");
            Map<String, Object> one = new TreeMap<>(pack.asMap());
            if (reply instanceof Reply.Refused refused) {
                one.put("refused", Map.of("code", refused.code(), "detail", refused.detail()));
            } else {
                one.put("plan", Course.members(((Reply.Answer) reply).members()));
            }
            told.add(one);
            if (!json.wanted()) {
                print(pack, reply);
            }
        }
        if (json.wanted()) {
            shell.json(Map.of("packs", told));
        } else if (packs.isEmpty()) {
            shell.tell("update.noMedia");
        }
        return ExitCode.OK.number();
    }

    private void print(JsonObject pack, Reply reply) throws MalformedJson {
        shell.tell("update.medium", pack.string("file"), pack.number("bytes"));
        if (reply instanceof Reply.Refused refused) {
            shell.say("  " + refused.code() + ": " + refused.detail());
        } else {
            new PlanText(shell).print(((Reply.Answer) reply).members());
        }
    }
}
