package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.Person;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.access.SignIn;
import io.sekimori.audit.AuditEntry.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Signing in, and choosing another password. Thread-safe. */
final class Entrance {

    private static final String SIGN_IN = "access.sign-in";
    private static final String CHANGE = "access.password.change";

    private final Surroundings around;
    private final Gate gate;
    private final Sessions sessions;
    private final PasswordRules rules;
    private final TurnedAway turnedAway;

    Entrance(Surroundings around, Gate gate, Sessions sessions, PasswordRules rules) {
        this.around = around;
        this.gate = gate;
        this.sessions = sessions;
        this.rules = rules;
        this.turnedAway = new TurnedAway(around.clock());
    }

    SignIn signIn(String name, char[] password, Session.Kind kind, String from, Policy policy) throws AccessException {
        Gate.Outcome outcome = gate.check(name, password, from);
        if (outcome.person().isEmpty()) {
            return refused(outcome.shown(), from, outcome.code(), outcome.left());
        }
        KeptPerson kept = outcome.person().get();
        if (isStale(kept, policy)) {
            return refused(name, from, AccessCode.ONE_TIME_PASSWORD_EXPIRED, Duration.ZERO);
        }
        SessionToken token = Tokens.next(around);
        around.record(actor(name), SIGN_IN, name, Verdict.ALLOWED, "", Map.of("from", from, "kind", kind.name()));
        Optional<Session> session = around.store().change(table -> {
            // As it is now: they may have been disabled, or given another password, while the old one was checked.
            Optional<KeptPerson> now = table.person(name);
            return now.isPresent() && now.get().equals(kept)
                    ? Optional.of(sessions.begin(table, kept.person(), kind, from, token, policy))
                    : Optional.empty();
        });
        return session.isPresent()
                ? new SignIn.SignedIn(session.get(), token)
                : refused(name, from, AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
    }

    /** @param name of somebody there is, or that it is nobody known */
    private SignIn refused(String name, String from, AccessCode code, Duration left) throws AccessException {
        long count = code == AccessCode.SIGN_IN_DELAYED ? turnedAway.count() : 1;
        if (count == 0) {
            return new SignIn.Refused(code, left);
        }
        around.record(
                "anonymous",
                SIGN_IN,
                name,
                Verdict.REFUSED,
                code.name(),
                Map.of("from", from, "count", Long.toString(count)));
        return new SignIn.Refused(code, left);
    }

    PasswordChange changePassword(SessionToken token, char[] current, char[] next, String from, Policy policy)
            throws AccessException {
        Optional<Session> session = sessions.find(token, policy);
        if (session.isEmpty()) {
            return new PasswordChange.Refused(AccessCode.SESSION_ENDED, Duration.ZERO);
        }
        String name = session.get().person().name();
        Optional<AccessCode> broken = rules.broken(name, next);
        if (broken.isPresent()) {
            return refused(name, broken.get(), Duration.ZERO, from);
        }
        if (Arrays.equals(current, next)) {
            return refused(name, AccessCode.PASSWORD_UNCHANGED, Duration.ZERO, from);
        }
        Gate.Outcome outcome = gate.check(name, current, from);
        if (outcome.person().isEmpty()) {
            return refused(name, outcome.code(), outcome.left(), from);
        }
        String hash = around.hash(next);
        around.record(actor(name), CHANGE, name, Verdict.ALLOWED, "", Map.of("from", from));
        SessionToken fresh = Tokens.next(around);
        Optional<Session> begun = around.store().change(table -> {
            Optional<KeptPerson> now = table.person(name);
            if (now.isEmpty() || !now.get().equals(outcome.person().get())) {
                return Optional.empty();
            }
            Person changed = new Person(
                    name,
                    now.get().person().roles(),
                    Person.State.ACTIVE,
                    now.get().person().version() + 1);
            table.put(new KeptPerson(changed, hash, around.clock().instant()));
            Sessions.endAll(table, name);
            return Optional.of(sessions.begin(table, changed, session.get().kind(), from, fresh, policy));
        });
        return begun.isPresent()
                ? new PasswordChange.Changed(begun.get(), fresh)
                : refused(name, AccessCode.PERSON_CHANGED, Duration.ZERO, from);
    }

    private PasswordChange refused(String name, AccessCode code, Duration left, String from) throws AccessException {
        around.record(actor(name), CHANGE, name, Verdict.REFUSED, code.name(), Map.of("from", from));
        return new PasswordChange.Refused(code, left);
    }

    private boolean isStale(KeptPerson kept, Policy policy) {
        Instant end = kept.passwordSince().plus(policy.oneTime());
        return kept.person().state() == Person.State.PASSWORD_MUST_CHANGE
                && around.clock().instant().isAfter(end);
    }

    private static String actor(String name) {
        return "person:" + name;
    }
}
