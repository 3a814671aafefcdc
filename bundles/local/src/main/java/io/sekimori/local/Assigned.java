package io.sekimori.local;

import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the console assigned and this gateway has not installed yet, and why: read from what the engine remembers. Pure. */
final class Assigned {

    /** As delivery asks, for what nobody on site asked for. */
    private static final Origin CONSOLE = new Origin("console", "console");

    private static final Set<String> WAITING =
            Set.of("DOWNLOAD_BY_HAND", "INSTALL_BY_HAND", "DEFERRED", "OUTSIDE_WINDOW", "CLOCK_WRONG");

    private Assigned() {}

    /**
     * What is shown of it.
     *
     * @param notice whether to say that something waits; what hinders what is to come is said in any case
     */
    static Map<String, Object> json(UpdateService engine, boolean notice, Advice advice, Locale language) {
        Map<String, Object> json = new TreeMap<>();
        Optional<TransitionReport> waiting = notice ? waiting(engine) : Optional.empty();
        json.put("waits", waiting.isPresent());
        waiting.ifPresent(report -> {
            json.put("assignment", report.assignment());
            json.put("since", report.ended().toString());
        });
        engine.hindrance(CONSOLE).ifPresent(reason -> json.putAll(of(reason, advice, language)));
        engine.begins(CONSOLE).ifPresent(when -> json.put("begins", when.toString()));
        return json;
    }

    /** The last word on the newest assignment, if that was to wait. */
    private static Optional<TransitionReport> waiting(UpdateService engine) {
        // Newest first, so the first of the highest assignment is the last word on it.
        return engine.recent().stream()
                .reduce((one, other) -> other.assignment() > one.assignment() ? other : one)
                .filter(report -> report.outcome() instanceof Outcome.Refused refused
                        && WAITING.contains(refused.reason().code()));
    }

    private static Map<String, Object> of(Reason reason, Advice advice, Locale language) {
        Map<String, Object> json = new TreeMap<>(Map.of("code", reason.code(), "detail", reason.detail()));
        advice.of(reason.code(), language).ifPresent(text -> json.put("advice", text));
        return json;
    }
}
