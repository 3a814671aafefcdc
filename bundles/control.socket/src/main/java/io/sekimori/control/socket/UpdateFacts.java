package io.sekimori.control.socket;

import io.sekimori.update.OpenTransition;
import io.sekimori.update.Outcome;
import io.sekimori.update.Plan;
import io.sekimori.update.PlannedBundle;
import io.sekimori.update.Progress;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Values of the update area as members of JSON. Pure. */
final class UpdateFacts {

    private UpdateFacts() {}

    static Map<String, Object> of(Plan plan) {
        return Map.of(
                "from", (long) plan.from(),
                "to", (long) plan.to(),
                "assignmentVersion", plan.assignmentVersion(),
                "restart", plan.restart(),
                "bundles", plan.bundles().stream().map(UpdateFacts::of).toList(),
                "interruptions",
                        plan.interruptions().stream().map(UpdateFacts::of).toList(),
                "disk",
                        Map.of(
                                "toCopyBytes", plan.disk().toCopyBytes(),
                                "neededBytes", plan.disk().neededBytes(),
                                "freeBytes", plan.disk().freeBytes()),
                "configurations", plan.configurations(),
                "signed", of(plan.signed()),
                "remedies",
                        plan.remedies().stream()
                                .map(remedy -> Map.of("en", remedy.english(), "ja", remedy.japanese()))
                                .toList());
    }

    private static Map<String, Object> of(Plan.Signed signed) {
        Map<String, Object> json = new TreeMap<>();
        json.put("sha256", signed.sha256());
        json.put("until", signed.until().toString());
        signed.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        return json;
    }

    static Map<String, Object> of(Progress progress) {
        return Map.of(
                "id", progress.id(),
                "phase", progress.phase().name(),
                "step", progress.step(),
                "done", progress.done(),
                "total", progress.total());
    }

    static Map<String, Object> of(OpenTransition open) {
        return Map.of(
                "id", open.id(),
                "from", (long) open.from(),
                "to", (long) open.to(),
                "phase", open.phase().name(),
                "started", open.started().toString(),
                "person", open.origin().person(),
                "channel", open.origin().channel());
    }

    static Map<String, Object> of(TransitionReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", report.id());
        json.put("from", (long) report.from());
        json.put("to", (long) report.to());
        json.put("person", report.origin().person());
        json.put("channel", report.origin().channel());
        json.put("started", report.started().toString());
        json.put("ended", report.ended().toString());
        json.put("running", (long) report.outcome().running());
        json.put("outcome", name(report.outcome()));
        report.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        json.put("swaps", report.swaps().stream().map(UpdateFacts::of).toList());
        if (report.outcome() instanceof Outcome.Refused refused) {
            put(json, refused.reason());
        } else if (report.outcome() instanceof Outcome.Reverted reverted) {
            put(json, reverted.reason());
        } else if (report.outcome() instanceof Outcome.Interrupted interrupted) {
            put(json, interrupted.reason());
        }
        return json;
    }

    private static void put(Map<String, Object> json, Reason reason) {
        json.put("code", reason.code());
        json.put("detail", reason.detail());
    }

    private static String name(Outcome outcome) {
        return outcome.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static Map<String, Object> of(TransitionReport.Swapped swap) {
        return Map.of(
                "symbolicName",
                swap.symbolicName(),
                "action",
                swap.action().name(),
                "gapMicros",
                swap.gap().toNanos() / 1000,
                "tookMicros",
                swap.took().toNanos() / 1000);
    }

    private static Map<String, Object> of(Plan.Interruption interruption) {
        return Map.of(
                "symbolicName",
                interruption.symbolicName(),
                "aboutMillis",
                interruption.about().toMillis(),
                "why",
                interruption.why());
    }

    private static Map<String, Object> of(PlannedBundle bundle) {
        Map<String, Object> json = new TreeMap<>();
        json.put("symbolicName", bundle.symbolicName());
        json.put("action", bundle.action().name());
        json.put("floor", bundle.floor());
        json.put("why", bundle.why());
        bundle.before().ifPresent(edition -> json.put("before", of(edition)));
        bundle.after().ifPresent(edition -> json.put("after", of(edition)));
        return json;
    }

    private static Map<String, Object> of(PlannedBundle.Edition edition) {
        return Map.of("version", edition.version(), "counter", edition.counter());
    }
}
