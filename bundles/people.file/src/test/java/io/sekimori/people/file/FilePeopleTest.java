package io.sekimori.people.file;

import static io.sekimori.access.kit.PeopleStoreRules.NOW;
import static io.sekimori.access.kit.PeopleStoreRules.person;
import static io.sekimori.access.kit.PeopleStoreRules.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.kit.PeopleStoreRules;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePeopleTest {

    private static final String ATTACKED = "name:alice";

    @TempDir
    Path unit;

    @Test
    void whatWasPutIsFoundAndWhatWasRemovedIsNot() throws AccessException {
        PeopleStoreRules.keepsWhatWasPut(store());
    }

    @Test
    void aRefusalUndoesAllOfIt() throws AccessException {
        PeopleStoreRules.undoesWhatWasRefused(store());
    }

    @Test
    void twoVersionsAtOnceLoseNothing() throws AccessException {
        PeopleStoreRules.losesNoChangeAmongMany(store(), store());
    }

    @Test
    void whatIsKeptOutlivesARestartToTheMillisecond() throws AccessException {
        Instant now = Instant.parse("2026-11-22T08:00:00.123456789Z");
        store().change(table -> {
            table.put(session(hash(1), "alice", now));
            return table.session(hash(1));
        });

        assertThat(kept().sessions().get(hash(1)))
                .isEqualTo(session(hash(1), "alice", Instant.parse("2026-11-22T08:00:00.123Z")));
    }

    @Test
    void sprayingNamesDoesNotFreeANameThatIsClosed() throws AccessException {
        Failures closed = new Failures(5, NOW, NOW.plusSeconds(900));
        store().change(table -> {
            table.put(ATTACKED, closed);
            for (int i = 0; i < 3 * Contents.MOST_FAILURES; i++) {
                table.put("name:x" + i, new Failures(4, NOW.plusSeconds(i), Instant.EPOCH));
            }
            return true;
        });

        assertThat(kept().failures().get(ATTACKED)).isEqualTo(closed);
        assertThat(kept().failures()).hasSize(Contents.MOST_FAILURES);
    }

    /** Who has many addresses makes up a thousand names, each tried often enough to count more than the person's own. */
    @Test
    void whatIsCountedOfAPersonIsNotForgottenForNamesThatNobodyHas() throws AccessException {
        Failures few = new Failures(4, NOW, NOW);
        store().change(table -> {
            table.put("name:alice", few);
            for (int i = 0; i < 2 * Contents.MOST_FAILURES; i++) {
                table.put("nobody:" + i, new Failures(9, NOW, NOW));
            }
            return true;
        });

        assertThat(kept().failures().get("name:alice")).isEqualTo(few);
        assertThat(kept().failures()).hasSize(Contents.MOST_FAILURES);
    }

    @Test
    void signingInWithoutEndEndsOnlyOnesOwnSessions() throws AccessException {
        store().change(table -> {
            table.put(session(hash(0), "alice", NOW));
            for (int i = 1; i < 2 * Contents.MOST_SESSIONS; i++) {
                table.put(session(hash(i), "mallory", NOW.plusSeconds(i)));
            }
            return true;
        });

        assertThat(kept().sessions().get(hash(0))).isNotNull();
        assertThat(kept().sessions().get(hash(1))).isNull();
        assertThat(kept().sessions().get(hash(2 * Contents.MOST_SESSIONS - 1))).isNotNull();
        assertThat(kept().sessions()).hasSize(Contents.MOST_SESSIONS);
    }

    @Test
    void moreThanAHundredPeopleAreRefused() throws AccessException {
        FilePeople store = store();
        store.change(table -> {
            for (int i = 0; i < Contents.MOST_PEOPLE; i++) {
                table.put(person("p" + i + "x", 1));
            }
            return true;
        });

        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> store.change(table -> {
                    table.put(person("another", 1));
                    return true;
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.PEOPLE_FULL));
        store.change(table -> {
            table.put(person("p0x", 2));
            return true;
        });
    }

    @Test
    void aFullFileIsReadAgain() throws AccessException {
        store().change(table -> {
            for (int i = 0; i < Contents.MOST_SESSIONS; i++) {
                table.put(session(hash(i), "alice", NOW));
                table.put("from:" + "2001:db8:".repeat(6) + i, new Failures(20, NOW, NOW));
            }
            return true;
        });

        assertThat(kept().sessions()).hasSize(Contents.MOST_SESSIONS);
    }

    @Test
    void anInterruptedThreadIsServed() throws AccessException {
        store().change(table -> {
            table.put(person("alice", 1));
            return true;
        });
        Thread.currentThread().interrupt();
        try {
            store().change(table -> {
                table.put(person("alice", 2));
                return true;
            });

            assertThat(kept().people().get("alice")).isEqualTo(person("alice", 2));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private FilePeople store() {
        return new FilePeople(unit.resolve("data"));
    }

    private Contents kept() throws AccessException {
        return new PeopleFile(unit.resolve("data")).read();
    }

    private static String hash(int number) {
        return String.format("%064x", number);
    }
}
