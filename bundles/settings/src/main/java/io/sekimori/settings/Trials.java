package io.sekimori.settings;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.config.Snapshot;
import io.sekimori.settings.Book.Ended;
import io.sekimori.settings.Book.Open;
import io.sekimori.settings.Book.State;
import io.sekimori.trust.Mandate;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.log.Logger;

/**
 * Changes settings on trial: first the way back is on disk, then the change is made, then the console must answer with a
 * challenge that it gets no sooner than the change has settled. Without that the former values come back. After a power
 * cut a change that was not whole is taken back, and a trial goes on to its end. Thread-safe.
 */
final class Trials {

    private static final Authorship SELF = new Authorship("io.sekimori.settings", "the way back from a trial");

    private final BookFile file;
    private final Around around;
    private final Clock clock;
    private final Duration settling;
    private final Logger log;

    /** @param settling how long a change is given to take effect before the console may confirm it */
    Trials(BookFile file, Around around, Clock clock, Duration settling, Logger log) {
        this.file = file;
        this.around = around;
        this.clock = clock;
        this.settling = settling;
        this.log = log;
    }

    /** Makes a change and puts it on trial. */
    Open begin(Mandates.Heard heard) throws Stopped {
        return file.exclusively(book -> {
            requireNew(book, heard);
            if (book.open().isPresent()) {
                throw new Stopped(
                        409,
                        SettingsCode.TRIAL_RUNNING,
                        "change " + book.open().get().id());
            }
            try (Wish wish = Wish.of(heard.mandate())) {
                return begin(book, heard, wish);
            } catch (IllegalArgumentException e) {
                throw new Stopped(400, SettingsCode.CHANGE_MALFORMED, String.valueOf(e.getMessage()));
            }
        });
    }

    private Open begin(Book book, Mandates.Heard heard, Wish wish) throws Stopped, IOException {
        Mandate mandate = heard.mandate();
        Trace trace = trace(mandate.person(), mandate.id(), wish.reason());
        trace.allow(String.join(" ", wish.pids()));
        Configurations configurations = around.configurations();
        Instant now = clock.instant();
        Open change = new Open(
                mandate.id(),
                mandate.person(),
                wish.reason(),
                State.APPLYING,
                now,
                now.plus(wish.trial()),
                snapshot(configurations, wish),
                UUID.randomUUID().toString());
        Book begun = book.taken(heard).with(change);
        file.write(begun);
        Optional<ChangeOutcome.Refused> refused = apply(configurations, wish.changes());
        if (refused.isEmpty()) {
            Open whole = change.at(State.ON_TRIAL, clock.instant());
            file.write(begun.with(whole));
            return whole;
        }
        ChangeOutcome.Refused why = refused.get();
        String detail = why.pid() + (why.attribute().isEmpty() ? "" : " " + why.attribute()) + ": " + why.detail();
        takeBack(begun, change, new Ended(change.id(), State.REFUSED, why.code().name(), detail, clock.instant()));
        throw new Stopped(422, why.code().name(), detail, null);
    }

    /** What is known of a change. */
    Map<String, Object> state(String id) throws Stopped, IOException {
        Book book = file.read();
        Optional<Open> open = book.open().filter(change -> change.id().equals(id));
        if (open.isPresent()) {
            boolean settled = open.get().state() == State.ON_TRIAL
                    && !clock.instant().isBefore(open.get().since().plus(settling));
            return Map.of(
                    "id",
                    id,
                    "state",
                    State.ON_TRIAL.name(),
                    "challenge",
                    settled ? open.get().challenge() : "",
                    "deadline",
                    open.get().deadline().toString());
        }
        Ended ended = book.past().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Stopped(404, SettingsCode.CHANGE_UNKNOWN, "no change " + id));
        return Map.of(
                "id", id,
                "state", ended.state().name(),
                "code", ended.code(),
                "detail", ended.detail(),
                "at", ended.at().toString());
    }

    /** The console has answered over the way that the change may have cut. */
    void confirm(Mandates.Heard heard) throws Stopped {
        Mandate mandate = heard.mandate();
        file.exclusively(book -> {
            requireNew(book, heard);
            Open open = book.open()
                    .filter(change -> change.state() == State.ON_TRIAL
                            && change.id().equals(mandate.content().get("change"))
                            && change.challenge().equals(mandate.content().get("challenge"))
                            && change.lasts(clock.instant()))
                    .orElseThrow(() -> new Stopped(409, SettingsCode.NOTHING_TO_CONFIRM, "nothing waits for this"));
            Ended ended = new Ended(open.id(), State.CONFIRMED, "", "", clock.instant());
            file.write(book.taken(heard).end(ended));
            around.configurations().forget(open.before());
            trace(open.person(), open.id(), open.reason()).tell(Verdict.DONE, "");
            return open;
        });
    }

    /** Takes back what is over or was never whole; how long to wait until the next look, empty if nothing is on trial. */
    Optional<Duration> look() throws Stopped, IOException {
        if (file.read().open().isEmpty()) {
            return Optional.empty(); // most of the time, and nobody has to wait for it
        }
        return file.exclusively(book -> {
            if (book.open().isEmpty()) {
                return Optional.empty();
            }
            Open open = book.open().get();
            Instant now = clock.instant();
            // Whoever was making it held the lock that is held here now.
            boolean interrupted = open.state() == State.APPLYING;
            if (!interrupted && open.lasts(now)) {
                return Optional.of(Duration.between(now, open.deadline()));
            }
            SettingsCode why = interrupted ? SettingsCode.INTERRUPTED : SettingsCode.CONSOLE_NOT_REACHED;
            takeBack(book, open, new Ended(open.id(), State.REVERTED, why.name(), "", clock.instant()));
            return Optional.empty();
        });
    }

    private void takeBack(Book book, Open open, Ended ended) throws Stopped, IOException {
        Configurations configurations = around.configurations();
        for (ChangeOutcome each : configurations.restore(OnSite.spared(configurations, open.before()), SELF)) {
            if (each instanceof ChangeOutcome.Refused refused) {
                throw new Stopped(503, refused.code().name(), refused.pid() + ": " + refused.detail(), null);
            }
        }
        file.write(book.end(ended));
        configurations.forget(open.before());
        trace(open.person(), open.id(), open.reason())
                .tell(ended.state() == State.REFUSED ? Verdict.REFUSED : Verdict.FAILED, ended.code());
    }

    private static void requireNew(Book book, Mandates.Heard heard) throws Stopped {
        if (!book.isNew(heard)) {
            throw new Stopped(
                    409,
                    SettingsCode.MANDATE_REPLAYED,
                    "counter " + heard.count().number());
        }
    }

    private static Snapshot snapshot(Configurations configurations, Wish wish) throws Stopped {
        try {
            return configurations.snapshot(wish.pids());
        } catch (ConfigException e) {
            throw new Stopped(503, e.code().name(), String.valueOf(e.getMessage()), e);
        }
    }

    private static Optional<ChangeOutcome.Refused> apply(Configurations configurations, List<Change> changes) {
        for (Change each : changes) {
            if (configurations.change(each) instanceof ChangeOutcome.Refused refused) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    private Trace trace(String person, String id, String reason) {
        return new Trace(around, person, id, reason, log);
    }
}
