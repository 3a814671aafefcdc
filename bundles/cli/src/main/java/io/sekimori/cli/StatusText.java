package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.ArrayList;
import java.util.List;

/** A status as people read it; the same for one's own unit and for a gateway of the console. Stateless. */
public final class StatusText {

    private StatusText() {}

    /** Prints what was said: findings first, then what is not vouched for or not well, and the measures. */
    public static void print(JsonObject status, Shell shell) throws MalformedJson {
        for (JsonObject finding : status.objects("findings")) {
            shell.say(String.format(
                    "  ! %-24s %s  %s", finding.string("code"), finding.string("since"), finding.string("detail")));
        }
        List<JsonObject> bundles = status.objects("bundles");
        long refused = 0;
        for (JsonObject bundle : bundles) {
            if (!bundle.string("verdict").equals("vouched")) {
                refused++;
                shell.say(String.format(
                        "  x %-44s %-18s %s",
                        bundle.string("name"),
                        bundle.string("version"),
                        bundle.optionalString("code").orElse("")));
            }
        }
        shell.tell("status.vouched", bundles.size() - refused, bundles.size());
        for (JsonObject health : status.objects("health")) {
            if (!health.string("status").equals("OK")) {
                shell.say(String.format(
                        "  %-8s %-24s %s", health.string("status"), health.string("name"), health.string("message")));
            }
        }
        List<String> measures = new ArrayList<>();
        JsonObject resources = status.object("resources");
        for (String name : resources.names()) {
            measures.add(name + " " + resources.number(name));
        }
        shell.say("  " + String.join(", ", measures));
        for (JsonObject certificate : status.objects("certificates")) {
            shell.say("  " + certificate.string("name") + "  " + certificate.string("notAfter"));
        }
    }
}
