package io.sekimori.tuning.records;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.records.RecordsException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuned.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.log.Logger;

/**
 * Asks gateways what became of their changes, and answers their challenges. Only what they prove counts. Several consoles
 * may do so at once; who is second changes nothing. Thread-safe.
 */
final class Following {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
    private static final int AT_ONCE = 50;
    private static final int MOST_DETAIL = 1_000;
    private static final int REFUSED = 4; // hundred and something
    private static final String HEARD_BEFORE = "MANDATE_REPLAYED";
    private static final byte[] NOTHING = {};

    private final Parts parts;
    private final Post post;
    private final Sending sending;
    private final Clock clock;
    private final Logger log;

    Following(Parts parts, Post post, Sending sending, Clock clock, Logger log) {
        this.parts = parts;
        this.post = post;
        this.sending = sending;
        this.clock = clock;
        this.log = log;
    }

    /** One look at every change that may still change. */
    void round() throws Stopped, RecordsException {
        Instant since = clock.instant().minus(FORGOTTEN_AFTER);
        List<Rows.Row> open = parts.records().read(c -> new Rows(c).open(since));
        // Together, since who does not answer is waited for; apart, since whatever one answers harms it alone.
        for (int from = 0; from < open.size(); from += AT_ONCE) {
            List<Rows.Row> some = open.subList(from, Math.min(open.size(), from + AT_ONCE));
            List<CompletableFuture<Optional<Post.Proved>>> answers =
                    some.stream().map(row -> ask(row.tuned())).toList();
            for (int i = 0; i < some.size(); i++) {
                look(some.get(i), answers.get(i));
            }
        }
    }

    private CompletableFuture<Optional<Post.Proved>> ask(Tuned tuned) {
        return post.begin(tuned.gateway(), "GET", List.of("changes", tuned.id()), NOTHING);
    }

    private void look(Rows.Row row, CompletableFuture<Optional<Post.Proved>> answer) {
        try {
            look(row, answer.join());
        } catch (Stopped | RecordsException | RuntimeException e) { // the boundary of one gateway
            log.debug("What became of {} is asked for later: {}", row.tuned().id(), e.getMessage());
        }
    }

    /**
     * What the gateway proved as soon as it had a change. A refusal of it is the end, but for what may also be said of a
     * change that was taken: that it was heard before, or that the gateway is in trouble. Then it is asked, as ever.
     */
    void heard(Tuned tuned, Post.Proved answer) throws Stopped, RecordsException {
        Optional<JsonObject> known = answer.json();
        if (known.isPresent()) {
            take(tuned, known.get());
        } else if (answer.code() / 100 == REFUSED && !answer.reason().equals(HEARD_BEFORE)) {
            move(tuned, State.REFUSED, answer.reason(), answer.message());
        }
    }

    private void look(Rows.Row row, Optional<Post.Proved> answer) throws Stopped, RecordsException {
        Tuned tuned = row.tuned();
        Optional<JsonObject> known = answer.flatMap(Post.Proved::json);
        if (known.isPresent()) {
            take(tuned, known.get());
        } else if (tuned.state() != State.SILENT && clock.instant().isAfter(row.silent())) {
            move(tuned, State.SILENT, "", answer.map(Post.Proved::reason).orElse(""));
        }
    }

    private void take(Tuned tuned, JsonObject answer) throws Stopped, RecordsException {
        try {
            State now = State.valueOf(answer.string("state"));
            String challenge = answer.optionalString("challenge").orElse("");
            if (now == State.ON_TRIAL && !challenge.isEmpty()) {
                sending.confirm(tuned, challenge);
            }
            if (now != tuned.state()) {
                move(
                        tuned,
                        now,
                        answer.optionalString("code").orElse(""),
                        answer.optionalString("detail").orElse(""));
            }
        } catch (MalformedJson | IllegalArgumentException e) {
            log.warn("What {} says of {} is not understood: {}", tuned.gateway(), tuned.id(), e.getMessage());
        }
    }

    private void move(Tuned tuned, State next, String code, String detail) throws Stopped, RecordsException {
        String kept = code.matches("[A-Z0-9_]{1,100}") ? code : "";
        boolean moved = parts.records().write(c -> new Rows(c).move(tuned, next, kept, shown(detail), clock.instant()));
        if (moved && next != State.ON_TRIAL) {
            tell(tuned, next, kept);
        }
    }

    /** What a gateway says, as records of any kind take it. */
    private static String shown(String detail) {
        return (detail.length() > MOST_DETAIL ? detail.substring(0, MOST_DETAIL) : detail)
                .replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    private void tell(Tuned tuned, State state, String code) {
        Verdict verdict =
                state == State.CONFIRMED ? Verdict.DONE : state == State.REFUSED ? Verdict.REFUSED : Verdict.FAILED;
        AuditEntry entry = new AuditEntry(
                tuned.person(),
                "settings.change",
                "gateway " + tuned.gateway(),
                verdict,
                code.isEmpty() ? state.name() : code,
                Map.of("change", tuned.id()));
        Optional<AuditLog> audit = parts.audit();
        try {
            if (audit.isPresent()) {
                audit.get().append(entry);
            }
        } catch (AuditException e) {
            log.error("The outcome {} of change {} is not in the audit", state, tuned.id(), e);
        }
    }
}
