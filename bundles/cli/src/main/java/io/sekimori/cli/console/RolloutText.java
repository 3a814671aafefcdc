package io.sekimori.cli.console;

import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** How a rollout is told on a terminal. */
final class RolloutText {

    private final Shell shell;

    RolloutText(Shell shell) {
        this.shell = shell;
    }

    static String line(JsonObject rollout) throws MalformedJson {
        return String.format(
                "%-14s  %-8s %-32s %s",
                rollout.string("id"),
                rollout.string("state"),
                rollout.string("name"),
                counts(rollout.object("counts")));
    }

    /** {@code 2 CONFIRMED, 1 SILENT}: only those that are not 0. */
    static String counts(JsonObject counts) throws MalformedJson {
        StringJoiner text = new StringJoiner(", ");
        for (String state : counts.names()) {
            if (counts.number(state) > 0) {
                text.add(counts.number(state) + " " + state);
            }
        }
        return text.toString();
    }

    /** A console of before names none. */
    private static String level(JsonObject change) throws MalformedJson {
        return change.has("startLevel") ? " @" + change.number("startLevel") : "";
    }

    /** As {@code --set} takes it. */
    private static String prefix(String kind) {
        return kind.equals("BUNDLE") ? "" : kind.toLowerCase(Locale.ROOT) + "/";
    }

    void whole(JsonObject rollout, List<JsonObject> targets) throws MalformedJson {
        shell.say(line(rollout));
        if (!rollout.string("reason").isEmpty()) {
            shell.tell("rollout.halted", rollout.string("reason"));
        }
        for (JsonObject change : rollout.objects("changes")) {
            shell.say("  " + prefix(change.optionalString("kind").orElse("BUNDLE")) + change.string("symbolicName")
                    + " " + change.optionalString("version").orElse("-") + level(change));
        }
        int wave = 0;
        for (JsonObject counts : rollout.objects("waves")) {
            wave++;
            shell.tell("rollout.wave", wave, counts(counts));
        }
        for (JsonObject target : targets) {
            shell.say(String.format(
                    "  %-14s  %2d  %-11s %s",
                    target.string("gateway"),
                    target.number("wave"),
                    target.string("state"),
                    (target.string("code") + " " + target.string("detail")).strip()));
            Optional<String> advice = target.optionalString("advice");
            advice.ifPresent(text -> shell.tell("error.advice", text));
        }
    }
}
