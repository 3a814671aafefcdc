package io.sekimori.records.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.Person;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.access.kit.PeopleStoreRules;
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
    private static final String HASH = "0".repeat(64);

    @OnBothDatabases
    void whatWasPutIsFoundAndWhatWasRemovedIsNot(Consoles consoles) throws AccessException {
        PeopleStoreRules.keepsWhatWasPut(new RecordsPeople(consoles.console()));
    }

    @OnBothDatabases
    void aRefusalUndoesAllOfIt(Consoles consoles) throws AccessException {
        PeopleStoreRules.undoesWhatWasRefused(new RecordsPeople(consoles.console()));
    }

    @OnBothDatabases
    void changesAtOnceLoseNothing(Consoles consoles) throws AccessException {
        PeopleStoreRules.losesNoChangeAmongMany(
                new RecordsPeople(consoles.console()), new RecordsPeople(consoles.console()));
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
}
