package io.sekimori.records.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.Person;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.access.people.PeopleAccess;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final String HASH = "ab".repeat(32);

    @OnBothDatabases
    void whatWasPutIsFoundAndWhatWasRemovedIsNot(Consoles consoles) throws AccessException {
        RecordsPeople store = new RecordsPeople(consoles.console());
        KeptPerson alice = person("alice", 1);
        KeptSession session =
                new KeptSession(HASH, "0a", "alice", Session.Kind.BROWSER, NOW, NOW, NOW.plusSeconds(9), "127.0.0.1");

        store.change(table -> {
            table.put(person("bob", 1));
            table.put(alice);
            table.put(session);
            table.put("name:alice", new Failures(2, NOW, NOW.plusSeconds(1)));
            return true;
        });

        store.look(table -> {
            assertThat(table.person("alice")).contains(alice);
            assertThat(table.people("alice", 5))
                    .extracting(kept -> kept.person().name())
                    .containsExactly("bob");
            assertThat(table.session(HASH)).contains(session);
            assertThat(table.sessions("alice")).containsExactly(session);
            assertThat(table.failures("name:alice").count()).isEqualTo(2);
            assertThat(table.failures("name:bob")).isEqualTo(Failures.NONE);
            return true;
        });
        store.change(table -> {
            table.put(person("alice", 2));
            table.removeSessionsEndedBefore(NOW.plusSeconds(10));
            table.removeFailuresBefore(NOW.plusSeconds(1));
            table.removePerson("bob");
            return true;
        });
        store.look(table -> {
            assertThat(table.person("alice").orElseThrow().person().version()).isEqualTo(2);
            assertThat(table.person("bob")).isEmpty();
            assertThat(table.session(HASH)).isEmpty();
            assertThat(table.failures("name:alice")).isEqualTo(Failures.NONE);
            return true;
        });
    }

    @OnBothDatabases
    void aRefusalUndoesAllOfIt(Consoles consoles) throws AccessException {
        RecordsPeople store = new RecordsPeople(consoles.console());

        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> store.change(table -> {
                    table.put(person("alice", 1));
                    throw new AccessException(AccessCode.LAST_ADMINISTRATOR, "no", null);
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.LAST_ADMINISTRATOR));

        assertThat(store.<Boolean>look(table -> table.person("alice").isEmpty()))
                .isTrue();
    }

    @Test
    void withoutRecordsNobodyIsLetIn() {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> new RecordsPeople().look(table -> table.person("alice")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.ACCESS_ABSENT));
    }

    /** The road of every first administrator, across a restart of the console. */
    @OnBothDatabases
    void theFirstPasswordIsChangedAndFailuresAndSessionsOutliveARestart(Consoles consoles) throws AccessException {
        List<AuditEntry> audit = new ArrayList<>();
        PeopleAccess before = access(consoles, audit);
        char[] first = ((PersonChange.WithPassword) before.add("admin", Set.of(Role.ADMINISTRATOR), "local:root"))
                .password()
                .reveal(char[]::clone);
        SignIn.SignedIn entered = (SignIn.SignedIn) before.signIn("admin", first, Session.Kind.BROWSER, "192.0.2.7");
        assertThat(entered.session().person().state()).isEqualTo(Person.State.PASSWORD_MUST_CHANGE);
        PasswordChange.Changed changed = (PasswordChange.Changed)
                before.changePassword(entered.token(), first, "three brown foxes".toCharArray(), "192.0.2.7");
        for (int i = 0; i < 5; i++) {
            before.signIn("admin", first, Session.Kind.BROWSER, "192.0.2.66");
        }

        consoles.endAll();
        PeopleAccess after = access(consoles, audit);

        assertThat(after.session(changed.token()).orElseThrow().person().state())
                .isEqualTo(Person.State.ACTIVE);
        assertThat(after.session(entered.token())).isEmpty();
        assertThat(new RecordsPeople(consoles.console())
                        .look(table -> table.failures("name:admin"))
                        .count())
                .isEqualTo(5);
        assertThat(audit)
                .extracting(entry -> entry.action() + " " + entry.verdict())
                .contains(
                        "access.person.add ALLOWED",
                        "access.sign-in ALLOWED",
                        "access.password.change ALLOWED",
                        "access.sign-in REFUSED");
    }

    private static PeopleAccess access(Consoles consoles, List<AuditEntry> audit) {
        return new PeopleAccess(new RecordsPeople(consoles.console()), entry -> {
            audit.add(entry);
            return new AuditReceipt(audit.size(), NOW, HASH);
        });
    }

    private static KeptPerson person(String name, long version) {
        return new KeptPerson(
                new Person(name, Set.of(Role.VIEWER, Role.OPERATOR), Person.State.ACTIVE, version), "hash", NOW);
    }
}
