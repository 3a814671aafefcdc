package io.sekimori.access.people;

import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** People in memory, an audit that is kept, and a clock that is set by hand. Thread-safe by one lock. */
final class Town implements PeopleStore, PeopleTable {

    private static final Policy POLICY = new Policy(
            Policy.USUAL.browserIdle(),
            Policy.USUAL.browserMost(),
            Policy.USUAL.programIdle(),
            Policy.USUAL.programMost(),
            Policy.USUAL.oneTime(),
            new Argon2Hash.Cost(8 << 10, 1));

    private final Map<String, KeptPerson> people = new TreeMap<>();
    private final Map<String, KeptSession> sessions = new TreeMap<>();
    private final Map<String, Failures> failures = new TreeMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private final PeopleAccess access = newAccess();

    /** Access over the same people: another version, or the same after a restart. */
    PeopleAccess newAccess() {
        PeopleAccess made = new PeopleAccess(POLICY, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        });
        made.store = this;
        made.audit = audit();
        return made;
    }

    /** The audit, which takes everything. */
    AuditLog audit() {
        return entry -> {
            synchronized (this) {
                audit.add(entry);
                return new AuditReceipt(audit.size(), now, "0".repeat(64));
            }
        };
    }

    PeopleAccess access() {
        return access;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Adds somebody and answers the one-time password. */
    char[] add(String name, Role... roles) throws AccessException {
        PersonChange added = access.add(name, Set.of(roles), "local:root");
        return ((PersonChange.WithPassword) added).password().reveal(char[]::clone);
    }

    synchronized List<String> audited() {
        return audit.stream()
                .map(entry -> String.join(
                        " ",
                        entry.actor(),
                        entry.action(),
                        entry.subject(),
                        entry.verdict().name(),
                        entry.reason()))
                .toList();
    }

    synchronized String everythingKept() {
        return people.values().stream().map(KeptPerson::passwordHash).toList() + sessions.toString() + audit + failures;
    }

    @Override
    public synchronized <T> T change(Deed<T> deed) throws AccessException {
        return deed.with(this);
    }

    @Override
    public synchronized <T> T look(Deed<T> deed) throws AccessException {
        return deed.with(this);
    }

    @Override
    public Optional<KeptPerson> person(String name) {
        return Optional.ofNullable(people.get(name));
    }

    @Override
    public List<KeptPerson> people(String after, int limit) {
        return people.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(after) > 0)
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void put(KeptPerson person) {
        people.put(person.person().name(), person);
    }

    @Override
    public void removePerson(String name) {
        people.remove(name);
    }

    @Override
    public Optional<KeptSession> session(String tokenHash) {
        return Optional.ofNullable(sessions.get(tokenHash));
    }

    @Override
    public List<KeptSession> sessions(String person) {
        return sessions.values().stream()
                .filter(session -> session.person().equals(person))
                .toList();
    }

    @Override
    public void put(KeptSession session) {
        sessions.put(session.tokenHash(), session);
    }

    @Override
    public void removeSession(String tokenHash) {
        sessions.remove(tokenHash);
    }

    @Override
    public void removeSessionsEndedBefore(Instant then) {
        sessions.values().removeIf(session -> session.ends().isBefore(then));
    }

    @Override
    public Failures failures(String key) {
        return failures.getOrDefault(key, Failures.NONE);
    }

    @Override
    public void put(String key, Failures count) {
        failures.put(key, count);
    }

    @Override
    public void removeFailuresBefore(Instant then) {
        failures.values().removeIf(failure -> failure.last().isBefore(then));
    }
}
