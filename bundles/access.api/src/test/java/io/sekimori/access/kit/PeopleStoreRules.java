package io.sekimori.access.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What every {@link PeopleStore} must stand; each rule wants a store in which there is nobody. */
public final class PeopleStoreRules {

    /** A moment for values. */
    public static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    /** The hash of a token. */
    public static final String HASH = "ab".repeat(32);

    private static final int CHANGES = 25;

    private PeopleStoreRules() {}

    /** What was put is found, and what was removed is not. */
    public static void keepsWhatWasPut(PeopleStore store) throws AccessException {
        KeptPerson alice = person("alice", 1);
        KeptSession session = session(HASH, "alice", NOW);

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

    /** A refusal undoes all of it. */
    public static void undoesWhatWasRefused(PeopleStore store) throws AccessException {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> store.change(table -> {
                    table.put(person("alice", 1));
                    throw new AccessException(AccessCode.LAST_ADMINISTRATOR, "no", null);
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.LAST_ADMINISTRATOR));

        assertThat(store.<Boolean>look(table -> table.person("alice").isEmpty()))
                .isTrue();
    }

    /** Changes at once, through several objects over the same records, are each done as if alone. */
    public static void losesNoChangeAmongMany(PeopleStore... stores) throws AccessException {
        CompletableFuture<?>[] all = Stream.of(stores)
                .map(store -> CompletableFuture.runAsync(() -> count(store)))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(all).join();

        assertThat(stores[0].look(table -> table.failures("name:alice")).count())
                .isEqualTo(CHANGES * stores.length);
    }

    private static void count(PeopleStore store) {
        try {
            for (int i = 0; i < CHANGES; i++) {
                store.change(table -> {
                    table.put(
                            "name:alice",
                            new Failures(table.failures("name:alice").count() + 1, NOW, NOW));
                    return true;
                });
            }
        } catch (AccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person. */
    public static KeptPerson person(String name, long version) {
        return new KeptPerson(
                new Person(name, Set.of(Role.VIEWER, Role.OPERATOR), Person.State.ACTIVE, version), "hash", NOW);
    }

    /** A session that was last used then. */
    public static KeptSession session(String hash, String person, Instant used) {
        return new KeptSession(hash, "0a", person, Session.Kind.BROWSER, NOW, used, NOW.plusSeconds(9), "127.0.0.1");
    }
}
