package io.sekimori.cli.console;

import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a content changes, by the word of a console, which nobody signed: beside the content, never instead of it. */
final class DifferenceText {

    private static final Set<String> KNOWN = Set.of("DOWN", "REPLACED", "REMOVED", "ADDED", "UP");

    /** What ids, names and versions are made of. Anything else could write over the content that stands above. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{0,200}");

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
                named.append(' ').append(plain(gateway));
            }
            shell.tell("approval.change.unknown", unknown, named.toString().strip());
        }
    }

    private void step(JsonObject step) throws MalformedJson {
        String change = plain(step.string("change"));
        String kind = plain(step.string("kind"));
        shell.tell(
                "approval.change." + (KNOWN.contains(change) ? change : "OTHER"),
                (kind.equals("BUNDLE") ? "" : kind.toLowerCase(Locale.ROOT) + "/") + plain(step.string("name")),
                plain(step.string("from")),
                plain(step.string("to")),
                step.number("gateways"));
    }

    private static String plain(String text) throws MalformedJson {
        if (!PLAIN.matcher(text).matches()) {
            throw new MalformedJson("a name or version that is none");
        }
        return text;
    }
}
