package io.sekimori.people.file;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the contents become within one transaction; bounded, so that nobody can fill the disk. Confined to it. */
final class Draft implements PeopleTable {

    /**
     * The least important first: few failures, long ago; those of people last, of whom there are few. Who has many addresses
     * and makes up names could else have what is counted of a person forgotten.
     */
    private static final Comparator<Map.Entry<String, Failures>> LEAST = Comparator.comparing(
                    (Map.Entry<String, Failures> each) -> each.getKey().startsWith("name:"))
            .thenComparing(each -> each.getValue().count())
            .thenComparing(each -> each.getValue().last());

    private final TreeMap<String, KeptPerson> people;
    private final TreeMap<String, KeptSession> sessions;
    private final TreeMap<String, Failures> failures;

    Draft(Contents contents) {
        this.people = new TreeMap<>(contents.people());
        this.sessions = new TreeMap<>(contents.sessions());
        this.failures = new TreeMap<>(contents.failures());
    }

    Contents contents() {
        return new Contents(people, sessions, failures);
    }

    @Override
    public Optional<KeptPerson> person(String name) {
        return Optional.ofNullable(people.get(name));
    }

    @Override
    public List<KeptPerson> people(String after, int limit) {
        return people.tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public void put(KeptPerson person) throws AccessException {
        String name = person.person().name();
        if (!people.containsKey(name) && people.size() >= Contents.MOST_PEOPLE) {
            throw new AccessException(AccessCode.PEOPLE_FULL, "there are " + people.size() + " people", null);
        }
        people.put(name, new KeptPerson(person.person(), person.passwordHash(), kept(person.passwordSince())));
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
        if (!sessions.containsKey(session.tokenHash()) && sessions.size() >= Contents.MOST_SESSIONS) {
            sessions.remove(longestUnused().tokenHash());
        }
        sessions.put(
                session.tokenHash(),
                new KeptSession(
                        session.tokenHash(),
                        session.id(),
                        session.person(),
                        session.kind(),
                        kept(session.since()),
                        kept(session.used()),
                        kept(session.ends()),
                        session.from()));
    }

    // Of whoever has most of them, so that one person cannot end another's.
    private KeptSession longestUnused() {
        Map<String, Long> counts = sessions.values().stream()
                .collect(Collectors.groupingBy(KeptSession::person, TreeMap::new, Collectors.counting()));
        String busiest = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return sessions(busiest).stream()
                .min(Comparator.comparing(KeptSession::used))
                .orElseThrow();
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
    public void put(String key, Failures counted) {
        if (counted.count() == 0) {
            failures.remove(key);
            return;
        }
        if (!failures.containsKey(key) && failures.size() >= Contents.MOST_FAILURES) {
            failures.remove(
                    failures.entrySet().stream().min(LEAST).orElseThrow().getKey());
        }
        failures.put(key, new Failures(counted.count(), kept(counted.last()), kept(counted.closedUntil())));
    }

    @Override
    public void removeFailuresBefore(Instant then) {
        failures.values().removeIf(failure -> failure.last().isBefore(then));
    }

    /** As the file has it, so that what was put equals what is read. */
    private static Instant kept(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
