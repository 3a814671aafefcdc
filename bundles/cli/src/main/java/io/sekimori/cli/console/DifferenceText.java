package io.sekimori.cli.console;

import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.Locale;
import java.util.Set;

/** What a content changes, by the word of a console, which nobody signed: beside the content, never instead of it. */
final class DifferenceText {

    private static final Set<String> KNOWN = Set.of("DOWN", "REPLACED", "REMOVED", "ADDED", "UP");

    private final Shell shell;

    DifferenceText(Shell shell) {
        this.shell = shell;
    }

    void tell(JsonObject difference) throws MalformedJson {
        shell.tell("approval.change.unsigned");
        long compared = difference.number("compared");
        if (compared > 0) {
            shell.tell("approval.change", compared);
            for (JsonObject step : difference.objects("changes")) {
                step(step);
            }
            if (difference.number("more") > 0) {
                shell.tell("approval.change.more", difference.number("more"));
            }
            shell.tell("approval.change.unchanged", difference.number("unchanged"));
        }
        long unknown = difference.number("unknown");
        if (unknown > 0) {
            StringBuilder named = new StringBuilder();
            for (String gateway : difference.strings("unknownGateways")) {
                named.append(' ').append(Plain.of(gateway));
            }
            boolean all = difference.strings("unknownGateways").size() == unknown;
            shell.tell("approval.change.unknown", unknown, named.toString().strip() + (all ? "" : " ..."));
        }
    }

    private void step(JsonObject step) throws MalformedJson {
        String change = Plain.of(step.string("change"));
        String kind = Plain.of(step.string("kind"));
        shell.tell(
                "approval.change." + (KNOWN.contains(change) ? change : "OTHER"),
                (kind.equals("BUNDLE") ? "" : kind.toLowerCase(Locale.ROOT) + "/") + Plain.of(step.string("name")),
                Plain.of(step.string("from")),
                Plain.of(step.string("to")),
                step.number("gateways"));
    }
}
