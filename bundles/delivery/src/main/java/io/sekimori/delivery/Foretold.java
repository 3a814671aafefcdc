package io.sekimori.delivery;

import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the assignment that waits would mend and interrupt, so that people can be told before they have it installed: what the
 * gateway itself verified, never the console's word. Looked at once for each assignment. Thread-safe.
 */
final class Foretold {

    private volatile @Nullable Seen last;

    /** @param plan empty if there is none: it is what runs, or would be refused */
    private record Seen(long assignment, Optional<Plan> plan) {}

    /** Looks at it, unless that was done; what may go away, such as a silent network, is tried again the next time. */
    void look(UpdateService update, UpdateSource source, long assignment) {
        Seen seen = last;
        if (seen != null && seen.assignment() == assignment && seen.plan().isPresent()) {
            return;
        }
        PlanAnswer answer = update.preview(source);
        last = new Seen(
                assignment,
                answer instanceof PlanAnswer.Planned planned ? Optional.of(planned.plan()) : Optional.empty());
    }

    /** Of that assignment, as members; empty if nothing is known of it. */
    Optional<Map<String, Object>> of(long assignment) {
        Seen seen = last;
        return seen != null && seen.assignment() == assignment ? seen.plan().map(Foretold::members) : Optional.empty();
    }

    private static Map<String, Object> members(Plan plan) {
        Map<String, Object> members = new HashMap<>();
        members.put("restart", plan.restart());
        members.put(
                "interruptions",
                plan.interruptions().stream()
                        .map(gone -> Map.<String, Object>of(
                                "symbolicName",
                                gone.symbolicName(),
                                "aboutMillis",
                                gone.about().toMillis()))
                        .toList());
        List<Map<String, Object>> remedies = plan.remedies().stream()
                .map(remedy -> Map.<String, Object>of("en", remedy.english(), "ja", remedy.japanese()))
                .toList();
        members.put("remedies", remedies);
        return members;
    }
}
