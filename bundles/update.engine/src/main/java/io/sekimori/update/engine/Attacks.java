package io.sekimori.update.engine;

import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Refusals that no fault explains, only somebody who tried (Uptane 5.4.2.1, the detected attack indicator). A delegated
 * file with other signatures is none: it is to be expected until a publisher has signed with its new keys. Stateless.
 */
final class Attacks {

    /** What the findings of a report begin with that speak of one. */
    static final String WORD = "ATTACK ";

    private static final Duration TOLD = Duration.ofDays(7);

    private static final Set<String> FORGED = Set.of(
            "ROOT_NOT_SIGNED_BY_PREDECESSOR",
            "ROOT_NOT_SIGNED_BY_ITSELF",
            "TIMESTAMP_SIGNATURES",
            "SNAPSHOT_SIGNATURES",
            "TARGETS_SIGNATURES",
            "ASSIGNMENT_SIGNATURES",
            "RELEASE_DISAGREES",
            "PERMIT_SIGNATURES",
            "JAR_SIGNATURE_BROKEN");

    /** An old stick, or one of another gateway, is no attack; a console that sends the like is under one. */
    private static final Set<String> REPLAYED = Set.of(
            "TIMESTAMP_ROLLBACK",
            "TIMESTAMP_SNAPSHOT_ROLLBACK",
            "SNAPSHOT_ROLLBACK",
            "SNAPSHOT_DROPPED",
            "ASSIGNMENT_ROLLBACK",
            "ASSIGNMENT_VERSION_REUSED",
            "ASSIGNMENT_OTHER_DEVICE",
            "ASSIGNMENT_OTHER_MODEL",
            "RELEASE_OTHER_MODEL",
            "BELOW_FLOOR",
            "PERMIT_EXPIRED");

    private Attacks() {}

    private record Seen(int times, Instant last) {}

    /** One line for each kind and way, the newest first, of those of the last week. */
    static List<String> seen(List<TransitionReport> recent, Instant now) {
        Map<String, Seen> seen = new LinkedHashMap<>();
        for (TransitionReport report : recent) {
            if (report.ended().isAfter(now.minus(TOLD))) {
                code(report)
                        .ifPresent(code -> seen.merge(
                                code + " by " + report.origin().channel(),
                                new Seen(1, report.ended()),
                                (one, other) -> new Seen(one.times() + 1, one.last())));
            }
        }
        return seen.entrySet().stream()
                .map(each -> WORD + each.getKey() + ", seen " + each.getValue().times() + ", last "
                        + each.getValue().last())
                .toList();
    }

    /** Whether this one was refused for what only an attacker offers. */
    static boolean isOne(TransitionReport report) {
        return code(report).isPresent();
    }

    private static Optional<String> code(TransitionReport report) {
        if (!(report.outcome() instanceof Outcome.Refused refused)) {
            return Optional.empty();
        }
        String code = refused.reason().code();
        boolean fromConsole = report.origin().channel().equals(Consent.CONSOLE);
        return FORGED.contains(code) || fromConsole && REPLAYED.contains(code) ? Optional.of(code) : Optional.empty();
    }
}
