package io.sekimori.tuning.records;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import io.sekimori.releases.Director;
import io.sekimori.releases.Errand;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.JsonObject;
import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuned.State;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.Wish;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signs mandates and sends them. Thread-safe. */
final class Sending {

    private static final Duration VALID_FOR = Duration.ofMinutes(5);
    private static final byte[] NOTHING = {};

    private final Parts parts;
    private final Post post;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sending(Parts parts, Post post, Clock clock) {
        this.parts = parts;
        this.post = post;
        this.clock = clock;
    }

    /**
     * A change that is recorded and sent; what came of it is seen by {@link Following}.
     *
     * @param answer what the gateway proved at once; empty if nothing
     */
    record Sent(Tuned tuned, Optional<Post.Proved> answer) {}

    /** Records and sends a change. */
    Sent change(Wish wish, String actor) throws Stopped {
        String device = device(wish.gateway());
        JsonObject sets = post.ask(wish.gateway(), "GET", List.of("sets"), NOTHING)
                .flatMap(Post.Proved::json)
                .orElseThrow(
                        () -> new Stopped(TuningCode.GATEWAY_SILENT, "it did not prove in time what it has", null));
        Draft draft = Draft.of(wish, sets);
        allow(wish, actor);
        Recorded recorded = record(wish, draft, actor);
        byte[] mandate = signed(recorded, device, draft);
        try {
            return new Sent(recorded.tuned(), post.ask(wish.gateway(), "PUT", List.of("change"), mandate));
        } finally {
            Arrays.fill(mandate, (byte) 0);
        }
    }

    private byte[] signed(Recorded recorded, String device, Draft draft) throws Stopped {
        Tuned tuned = recorded.tuned();
        try {
            return sign(new Errand(
                    tuned.id(),
                    tuned.person(),
                    "settings.change",
                    tuned.gateway(),
                    device,
                    recorded.counter(),
                    VALID_FOR,
                    draft.content()));
        } catch (Stopped e) {
            write(c -> new Rows(c).move(tuned, State.REFUSED, e.code().name(), e.detail(), clock.instant()));
            throw e;
        }
    }

    /** Answers the challenge of a gateway that has reached the console with a change. */
    void confirm(Tuned tuned, String challenge) throws Stopped {
        String device = device(tuned.gateway());
        long counter = write(c -> {
            Rows rows = new Rows(c);
            long next = rows.next(tuned.gateway(), clock.instant());
            rows.count(tuned.id(), next);
            return next;
        });
        byte[] mandate = sign(new Errand(
                "k-" + counter,
                tuned.person(),
                "settings.confirm",
                tuned.gateway(),
                device,
                counter,
                VALID_FOR,
                Map.of("change", tuned.id(), "challenge", challenge)));
        post.ask(tuned.gateway(), "PUT", List.of("confirm"), mandate);
    }

    private record Recorded(Tuned tuned, long counter) {}

    private Recorded record(Wish wish, Draft draft, String actor) throws Stopped {
        byte[] suffix = new byte[4];
        random.nextBytes(suffix);
        return write(c -> {
            Instant now = clock.instant();
            Rows rows = new Rows(c);
            long counter = rows.next(wish.gateway(), now);
            Tuned tuned = new Tuned(
                    String.format("c-%014d-%s", counter, HexFormat.of().formatHex(suffix)),
                    wish.gateway(),
                    State.SENT,
                    "",
                    "",
                    actor,
                    wish.reason(),
                    draft.shown(),
                    now,
                    now.plusSeconds(wish.trialSeconds()));
            rows.add(tuned, counter);
            return new Recorded(tuned, counter);
        });
    }

    private void allow(Wish wish, String actor) throws Stopped {
        Optional<AuditLog> audit = parts.audit();
        try {
            if (audit.isEmpty()) {
                throw new Stopped(TuningCode.AUDIT_UNAVAILABLE, "no audit is there", null);
            }
            audit.get()
                    .append(new AuditEntry(
                            actor,
                            "settings.change",
                            "gateway " + wish.gateway(),
                            Verdict.ALLOWED,
                            "",
                            Map.of("reason", wish.reason(), "settings", names(wish))));
        } catch (AuditException e) {
            throw new Stopped(TuningCode.AUDIT_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static String names(Wish wish) {
        String names = String.join(" ", wish.changes().keySet());
        return names.length() > 2_000 ? names.substring(0, 2_000) : names;
    }

    private String device(String gateway) throws Stopped {
        try {
            Optional<Gateway> known =
                    parts.fleet().isPresent() ? parts.fleet().get().get(gateway) : Optional.empty();
            return known.orElseThrow(() -> new Stopped(TuningCode.GATEWAY_UNKNOWN, gateway, null))
                    .deviceKey()
                    .orElseThrow(() -> new Stopped(TuningCode.GATEWAY_NOT_ENROLLED, gateway, null));
        } catch (FleetException e) {
            throw new Stopped(TuningCode.RECORDS_UNAVAILABLE, "the fleet does not answer", e);
        }
    }

    private byte[] sign(Errand errand) throws Stopped {
        Director director = parts.director()
                .orElseThrow(() -> new Stopped(TuningCode.DIRECTOR_UNAVAILABLE, "no director is there", null));
        try {
            return director.mandate(errand);
        } catch (ReleasesException | IllegalArgumentException e) {
            throw new Stopped(TuningCode.DIRECTOR_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private <T> T write(Work<T> work) throws Stopped {
        try {
            return parts.records().write(work);
        } catch (RecordsException e) {
            throw new Stopped(TuningCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
