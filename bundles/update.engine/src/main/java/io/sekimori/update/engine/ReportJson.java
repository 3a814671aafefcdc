package io.sekimori.update.engine;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The form of a report: what is signed, and what {@code state/transitions/<id>.json} holds under {@code report}. */
final class ReportJson {

    private ReportJson() {}

    static Map<String, Object> members(TransitionReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", report.id());
        json.put("from", (long) report.from());
        json.put("to", (long) report.to());
        json.put("assignment", report.assignment());
        json.put("person", report.origin().person());
        json.put("channel", report.origin().channel());
        json.put("started", report.started().toString());
        json.put("ended", report.ended().toString());
        json.put("outcome", name(report.outcome()));
        json.put("running", (long) report.outcome().running());
        Reason reason = reason(report.outcome());
        if (!reason.equals(NO_REASON)) {
            json.put("reason", Map.of("code", reason.code(), "detail", reason.detail()));
        }
        report.offlineStale().ifPresent(since -> json.put("offlineStale", since.toString()));
        json.put("swaps", report.swaps().stream().map(JournalJson::swap).toList());
        return json;
    }

    static TransitionReport report(JsonObject json) throws MalformedJson {
        try {
            return new TransitionReport(
                    json.string("id"),
                    Math.toIntExact(json.number("from")),
                    Math.toIntExact(json.number("to")),
                    json.optionalNumber("assignment").orElse(0L),
                    new Origin(json.string("person"), json.string("channel")),
                    Instant.parse(json.string("started")),
                    Instant.parse(json.string("ended")),
                    outcome(json),
                    json.optionalString("offlineStale").map(Instant::parse),
                    JournalJson.swaps(json.objects("swaps")));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new MalformedJson("the report has a value that cannot be: " + e.getMessage(), e);
        }
    }

    /** Stands for the absence of a reason; no area has this code. */
    static final Reason NO_REASON = new Reason("NONE", "");

    static Reason reason(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.reason();
        }
        if (outcome instanceof Outcome.Reverted reverted) {
            return reverted.reason();
        }
        if (outcome instanceof Outcome.Interrupted interrupted) {
            return interrupted.reason();
        }
        return NO_REASON;
    }

    static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Confirmed) {
            return "CONFIRMED";
        }
        if (outcome instanceof Outcome.Refused) {
            return "REFUSED";
        }
        if (outcome instanceof Outcome.Reverted) {
            return "REVERTED";
        }
        return outcome instanceof Outcome.Cancelled ? "CANCELLED" : "INTERRUPTED";
    }

    private static Outcome outcome(JsonObject json) throws MalformedJson {
        int running = Math.toIntExact(json.number("running"));
        Reason reason = JournalJson.reason(json.optionalObject("reason")).orElse(NO_REASON);
        return switch (json.string("outcome")) {
            case "CONFIRMED" -> new Outcome.Confirmed(running);
            case "REFUSED" -> new Outcome.Refused(running, reason);
            case "REVERTED" -> new Outcome.Reverted(running, reason);
            case "CANCELLED" -> new Outcome.Cancelled(running);
            case "INTERRUPTED" -> new Outcome.Interrupted(running, reason);
            default -> throw new MalformedJson("outcome is none that is known");
        };
    }
}
