package io.sekimori.local;

import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateService;
import io.sekimori.update.Waiting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the console assigned and this gateway has not installed yet, and why: read from what the engine remembers. Pure. */
final class Assigned {

    /** As delivery asks, for what nobody on site asked for. */
    private static final Origin CONSOLE = new Origin("console", "console");

    /** An older release waits, too: for somebody on site who may bring it. */
    private static final String OLDER = "ROLLBACK_NOT_ALLOWED";

    /** What the engine does not foresee, since it is known of one assignment and from its last try alone. */
    private static final Set<String> OF_THE_ASSIGNMENT = Set.of(
            OLDER,
            "CLOCK_WRONG",
            "APPROVALS_MISSING",
            "APPROVALS_EXPIRED",
            "APPROVALS_OTHER",
            "APPROVALS_BROKEN",
            "APPROVALS_WITHDRAWN");

    private Assigned() {}

    /**
     * What is shown of it.
     *
     * @param notice whether to say that something waits; what hinders what is to come is said in any case
     */
    static Map<String, Object> json(UpdateService engine, boolean notice, UpdateJson form) {
        Map<String, Object> json = new TreeMap<>();
        Optional<TransitionReport> waiting = notice ? waiting(engine) : Optional.empty();
        json.put("waits", waiting.isPresent());
        waiting.ifPresent(report -> {
            json.put("assignment", report.assignment());
            json.put("since", report.ended().toString());
            superseded(engine, report.assignment()).ifPresent(before -> json.put("superseded", before));
        });
        engine.hindrance(CONSOLE)
                .or(() -> waiting.map(Assigned::reason).filter(reason -> OF_THE_ASSIGNMENT.contains(reason.code())))
                .ifPresent(reason -> json.putAll(form.of(reason)));
        engine.begins(CONSOLE).ifPresent(when -> json.put("begins", when.toString()));
        return json;
    }

    /** What had waited when the one that waits took its place: whoever put that off looks for it here. */
    private static Optional<Long> superseded(UpdateService engine, long waiting) {
        return engine.recent().stream()
                .filter(report -> report.assignment() < waiting)
                .findFirst()
                .filter(Assigned::waits)
                .map(TransitionReport::assignment);
    }

    /** The last word on the newest assignment, if that was to wait. */
    private static Optional<TransitionReport> waiting(UpdateService engine) {
        // Newest first, so the first of the highest assignment is the last word on it.
        return engine.recent().stream()
                .reduce((one, other) -> other.assignment() > one.assignment() ? other : one)
                .filter(Assigned::waits);
    }

    private static boolean waits(TransitionReport last) {
        return last.outcome() instanceof Outcome.Refused
                && (Waiting.of(reason(last).code()).isPresent()
                        || reason(last).code().equals(OLDER));
    }

    private static Reason reason(TransitionReport refused) {
        return ((Outcome.Refused) refused.outcome()).reason();
    }
}
