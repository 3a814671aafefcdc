package io.sekimori.update.engine;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.trust.Permit;
import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the engine leaves in the audit. Beginning something waits for the audit and is refused without it; the end of a
 * transition never does, and is recorded later if it has to be. Thread-safe.
 */
final class AuditDesk {

    private static final String ACTION = "update.apply";

    private final Capabilities capabilities;

    AuditDesk(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** Records that a transition is about to begin. */
    void begin(Origin origin, String id, String pack) throws Stopped {
        demand(new AuditEntry(
                actor(origin), ACTION, "transition " + id, Verdict.ALLOWED, "", Map.of("pack", cut(pack))));
    }

    /** Records that a medium is taken although its metadata is past its expiry; what cannot be recorded is not done. */
    void stale(Journal journal, Instant since) throws Stopped {
        demand(new AuditEntry(
                actor(journal.origin()),
                "update.offline-stale",
                "transition " + journal.id(),
                Verdict.ALLOWED,
                "",
                Map.of("since", since.toString())));
    }

    /** Records that somebody puts off what would begin by itself. */
    void defer(Origin origin, Duration howLong) throws Stopped {
        demand(new AuditEntry(
                actor(origin),
                "update.defer",
                "updates",
                Verdict.ALLOWED,
                "",
                Map.of("minutes", Long.toString(howLong.toMinutes()))));
    }

    /** Records that something below its floor is about to be installed, and by what permit. */
    void permitted(Origin origin, Permit permit) throws Stopped {
        String releases = permit.releases().stream()
                .map(item -> item.symbolicName() + "/" + item.version() + " counter " + item.counter())
                .collect(Collectors.joining(", "));
        try {
            service()
                    .append(new AuditEntry(
                            actor(origin),
                            "update.below-floor",
                            cut(releases, 200),
                            Verdict.ALLOWED,
                            "",
                            Map.of(
                                    "reason", cut(permit.reason()),
                                    "issued", permit.issued().toString(),
                                    "until", permit.expires().toString())));
        } catch (AuditException e) {
            throw new Stopped(UpdateCode.AUDIT_UNAVAILABLE, "the permit could not be recorded", e);
        }
    }

    /**
     * Records that nothing was begun, as well as it goes.
     *
     * @param times for how many refusals of the kind it stands
     */
    void refused(Origin origin, String pack, Reason reason, long times) {
        append(new AuditEntry(
                actor(origin),
                ACTION,
                "a pack",
                Verdict.REFUSED,
                reason.code(),
                Map.of("pack", cut(pack), "detail", reason.detail(), "count", Long.toString(times))));
    }

    /**
     * Records how a transition ended; false if that has to be done later.
     *
     * @param written how many bytes it has cost the disk, if that is known
     */
    boolean ended(TransitionReport report, OptionalLong written, boolean late) {
        Reason reason = ReportJson.reason(report.outcome());
        Map<String, String> detail = new HashMap<>();
        detail.put("from", Integer.toString(report.from()));
        detail.put("to", Integer.toString(report.to()));
        detail.put("running", Integer.toString(report.outcome().running()));
        detail.put("outcome", ReportJson.name(report.outcome()));
        detail.put("ended", report.ended().toString());
        detail.put("detail", cut(reason.detail()));
        detail.put("swaps", cut(swaps(report)));
        written.ifPresent(bytes -> detail.put("written", Long.toString(bytes)));
        report.offlineStale().ifPresent(since -> detail.put("offlineStale", since.toString()));
        if (late) {
            detail.put("late", "the audit was not there when it happened");
        }
        String code = reason.equals(ReportJson.NO_REASON) ? "" : reason.code();
        return append(new AuditEntry(
                actor(report.origin()), ACTION, "transition " + report.id(), verdict(report.outcome()), code, detail));
    }

    /** Records, as well as it goes, that a fallback was given up, and why. */
    void fallbackGone(int generation, int fallback, String why) {
        append(new AuditEntry(
                Policy.PID,
                "update.settle",
                "generation " + generation,
                Verdict.DONE,
                "",
                Map.of("fallback", Integer.toString(fallback), "why", why)));
    }

    private static String swaps(TransitionReport report) {
        return report.swaps().stream()
                .map(swap -> swap.action() + " " + swap.symbolicName())
                .collect(Collectors.joining(", "));
    }

    private static Verdict verdict(Outcome outcome) {
        if (outcome instanceof Outcome.Confirmed) {
            return Verdict.DONE;
        }
        return outcome instanceof Outcome.Refused ? Verdict.REFUSED : Verdict.FAILED;
    }

    private boolean append(AuditEntry entry) {
        Optional<AuditLog> audit = capabilities.audit();
        if (audit.isEmpty()) {
            return false;
        }
        try {
            audit.get().append(entry);
            return true;
        } catch (AuditException e) {
            return false; // the caller records it later
        }
    }

    private void demand(AuditEntry entry) throws Stopped {
        try {
            service().append(entry);
        } catch (AuditException e) {
            throw new Stopped(UpdateCode.AUDIT_UNAVAILABLE, "the request could not be recorded", e);
        }
    }

    private AuditLog service() throws Stopped {
        return capabilities
                .audit()
                .orElseThrow(() -> new Stopped(UpdateCode.AUDIT_UNAVAILABLE, "no audit service is there"));
    }

    private static String actor(Origin origin) {
        return cut(origin.channel() + ":" + origin.person(), 200);
    }

    private static String cut(String text) {
        return cut(text, 1000);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        // Never between the two halves of one character.
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
