package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.List;
import java.util.Optional;

/** A plan for people. */
record PlanText(Shell shell) {

    void print(JsonObject plan) throws MalformedJson {
        shell.tell("plan.head", plan.number("from"), plan.number("to"), plan.number("assignmentVersion"));
        for (JsonObject bundle : plan.objects("bundles")) {
            if (!bundle.string("action").equals("KEEP")) {
                shell.say(String.format(
                        "  %-8s %-44s %s -> %s %s",
                        bundle.string("action"),
                        bundle.string("symbolicName"),
                        version(bundle, "before"),
                        version(bundle, "after"),
                        bundle.string("why")));
            }
        }
        if (plan.has("remedies")) { // a gateway of before does not tell
            for (JsonObject remedy : plan.objects("remedies")) {
                String japanese = remedy.string("ja");
                boolean wanted = shell.messages().locale().getLanguage().equals("ja") && !japanese.isEmpty();
                shell.tell("plan.remedy", wanted ? japanese : remedy.string("en"));
            }
        }
        List<JsonObject> interruptions = plan.objects("interruptions");
        if (plan.bool("restart")) {
            shell.tell("plan.restart");
        } else if (interruptions.isEmpty()) {
            shell.tell("plan.noInterruption");
        }
        for (JsonObject gone : interruptions) {
            shell.tell(
                    "plan.interruption", gone.string("symbolicName"), gone.number("aboutMillis"), gone.string("why"));
        }
        if (!plan.strings("configurations").isEmpty()) {
            shell.tell("plan.configurations", String.join(", ", plan.strings("configurations")));
        }
        Optional<JsonObject> signed = plan.optionalObject("signed"); // a gateway of before does not tell
        if (signed.isPresent()) {
            shell.tell("plan.until", signed.get().string("until"));
            Optional<String> stale = signed.get().optionalString("offlineStale");
            stale.ifPresent(since -> shell.tell("plan.stale", since));
        }
        JsonObject disk = plan.object("disk");
        shell.tell("plan.disk", disk.number("toCopyBytes"), disk.number("neededBytes"), disk.number("freeBytes"));
    }

    private static String version(JsonObject bundle, String side) throws MalformedJson {
        Optional<JsonObject> edition = bundle.optionalObject(side);
        return edition.isEmpty() ? "-" : edition.get().string("version");
    }
}
