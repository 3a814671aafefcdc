package io.sekimori.local;

import io.sekimori.update.OpenTransition;
import io.sekimori.update.Outcome;
import io.sekimori.update.Plan;
import io.sekimori.update.PlannedBundle;
import io.sekimori.update.Progress;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of the update area as members of JSON, with advice in one language. Immutable. */
final class UpdateJson {

    private final Advice advice;
    private final Locale language;

    UpdateJson(Advice advice, Locale language) {
        this.advice = advice;
        this.language = language;
    }

    Map<String, Object> of(Plan plan) {
        return Map.of(
                "from", (long) plan.from(),
                "to", (long) plan.to(),
                "assignmentVersion", plan.assignmentVersion(),
                "restart", plan.restart(),
                "bundles", plan.bundles().stream().map(UpdateJson::of).toList(),
                "interruptions",
                        plan.interruptions().stream().map(UpdateJson::of).toList(),
                "disk",
                        Map.of(
                                "toCopyBytes", plan.disk().toCopyBytes(),
                                "neededBytes", plan.disk().neededBytes(),
                                "freeBytes", plan.disk().freeBytes()),
                "configurations", plan.configurations(),
                "signed", of(plan.signed()),
                "remedies",
                        plan.remedies().stream()
                                .map(remedy -> remedy.in(language))
                                .toList());
    }

    private static Map<String, Object> of(Plan.Signed signed) {
        Map<String, Object> json = new TreeMap<>();
        json.put("sha256", signed.sha256());
        json.put("until", signed.until().toString());
        signed.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        return json;
    }

    Map<String, Object> of(OpenTransition open, Optional<Progress> heard) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", open.id());
        json.put("from", (long) open.from());
        json.put("to", (long) open.to());
        json.put("phase", open.phase().name());
        json.put("started", open.started().toString());
        json.put("person", open.origin().person());
        json.put("channel", open.origin().channel());
        heard.filter(progress -> progress.id().equals(open.id())).ifPresent(progress -> {
            json.put("phase", progress.phase().name());
            json.put("step", progress.step());
            json.put("done", progress.done());
            json.put("total", progress.total());
        });
        return json;
    }

    Map<String, Object> of(TransitionReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", report.id());
        json.put("from", (long) report.from());
        json.put("to", (long) report.to());
        json.put("person", report.origin().person());
        json.put("channel", report.origin().channel());
        json.put("started", report.started().toString());
        json.put("ended", report.ended().toString());
        json.put("running", (long) report.outcome().running());
        report.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        json.put("outcome", report.outcome().getClass().getSimpleName().toUpperCase(Locale.ROOT));
        reason(report.outcome()).ifPresent(reason -> json.putAll(of(reason)));
        return json;
    }

    /** Code, detail and, if there is some, advice. */
    Map<String, Object> of(Reason reason) {
        Map<String, Object> json = new TreeMap<>();
        json.put("code", reason.code());
        json.put("detail", reason.detail());
        advice.of(reason.code(), language).ifPresent(text -> json.put("advice", text));
        return json;
    }

    private static Optional<Reason> reason(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of(refused.reason());
        }
        if (outcome instanceof Outcome.Reverted reverted) {
            return Optional.of(reverted.reason());
        }
        return outcome instanceof Outcome.Interrupted interrupted
                ? Optional.of(interrupted.reason())
                : Optional.empty();
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
        json.put("why", bundle.why());
        bundle.before().ifPresent(edition -> json.put("before", Map.of("version", edition.version())));
        bundle.after().ifPresent(edition -> json.put("after", Map.of("version", edition.version())));
        return json;
    }
}
