package io.sekimori.access.people;

import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.audit.AuditEntry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is signed in. Thread-safe. */
final class Sessions {

    /** Use is noted no more often than this, since each note is a write to the disk. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Surroundings around;

    Sessions(Surroundings around) {
        this.around = around;
    }

    /** Begins a session within a transaction. */
    Session begin(PeopleTable table, Person person, Session.Kind kind, String from, SessionToken token, Policy policy)
            throws AccessException {
        Instant now = around.clock().instant();
        table.removeSessionsEndedBefore(now);
        table.removeFailuresBefore(now.minus(Delays.MEMORY));
        KeptSession kept = new KeptSession(
                Tokens.hash(token),
                Tokens.nextId(around),
                person.name(),
                kind,
                now,
                now,
                now.plus(policy.most(kind)),
                from);
        table.put(kept);
        return shown(kept, person);
    }

    /** The session of a token; empty if it ended. */
    Optional<Session> find(SessionToken token, Policy policy) throws AccessException {
        Instant now = around.clock().instant();
        Optional<KeptSession> kept = kept(token, now, policy);
        if (kept.isPresent() && kept.get().used().plus(NOTED_EVERY).isBefore(now)) {
            note(kept.get().tokenHash(), now);
        }
        return shown(kept);
    }

    /** The same, without counting as used. */
    Optional<Session> look(SessionToken token, Policy policy) throws AccessException {
        return shown(kept(token, around.clock().instant(), policy));
    }

    private Optional<KeptSession> kept(SessionToken token, Instant now, Policy policy) throws AccessException {
        String hash = Tokens.hash(token);
        return around.store().look(table -> table.session(hash)).filter(kept -> lasts(kept, now, policy));
    }

    private Optional<Session> shown(Optional<KeptSession> kept) throws AccessException {
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        return around.store()
                .look(table -> table.person(kept.get().person()))
                .map(KeptPerson::person)
                .filter(person -> person.state() != Person.State.DISABLED)
                .map(person -> shown(kept.get(), person));
    }

    /** Whether a session has not ended. */
    static boolean lasts(KeptSession session, Instant now, Policy policy) {
        return now.isBefore(session.ends())
                && now.isBefore(session.used().plus(policy.idle(session.kind())))
                // A clock set back to before its beginning makes it nobody's.
                && !now.plus(policy.most(session.kind())).isBefore(session.since());
    }

    private void note(String hash, Instant now) throws AccessException {
        around.store().change(table -> {
            Optional<KeptSession> kept = table.session(hash);
            if (kept.isPresent()) {
                KeptSession it = kept.get();
                table.put(
                        new KeptSession(hash, it.id(), it.person(), it.kind(), it.since(), now, it.ends(), it.from()));
            }
            return kept;
        });
    }

    void end(SessionToken token, String from) throws AccessException {
        String hash = Tokens.hash(token);
        Optional<KeptSession> ended = around.store().change(table -> {
            Optional<KeptSession> kept = table.session(hash);
            table.removeSession(hash);
            return kept;
        });
        if (ended.isPresent()) {
            around.record(
                    "person:" + ended.get().person(),
                    "access.sign-out",
                    ended.get().person(),
                    Verdict.DONE,
                    "",
                    Map.of("from", from, "session", ended.get().id()));
        }
    }

    List<Session> of(String name, Policy policy) throws AccessException {
        Instant now = around.clock().instant();
        return around.store().look(table -> {
            Optional<KeptPerson> person = table.person(name);
            List<Session> found = new ArrayList<>();
            if (person.isPresent()) {
                for (KeptSession kept : table.sessions(name)) {
                    if (lasts(kept, now, policy)) {
                        found.add(shown(kept, person.get().person()));
                    }
                }
            }
            found.sort(Comparator.comparing(Session::since).reversed());
            return List.copyOf(found);
        });
    }

    /** Ends all sessions of a person within a transaction. */
    static int endAll(PeopleTable table, String name) throws AccessException {
        List<KeptSession> sessions = table.sessions(name);
        for (KeptSession session : sessions) {
            table.removeSession(session.tokenHash());
        }
        return sessions.size();
    }

    private static Session shown(KeptSession kept, Person person) {
        return new Session(kept.id(), person, kept.kind(), kept.since(), kept.ends(), kept.from());
    }
}
