package io.sekimori.access.people;

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
import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PeopleAccessTest {

    private static final String HERE = "192.0.2.7";
    private static final String GOOD = "three brown foxes";

    private final Town town = new Town();
    private final PeopleAccess access = town.access();

    @Test
    void theRightPasswordOpensASessionWithTheRolesOfNow() throws AccessException {
        char[] password = town.add("alice", Role.ADMINISTRATOR);
        town.add("bob", Role.ADMINISTRATOR);

        SignIn.SignedIn in = signedIn(signIn("alice", password, HERE));
        access.change("alice", 1, Set.of(Role.VIEWER), false, "person:bob");

        Session session = access.session(in.token()).orElseThrow();
        assertThat(session.person().roles()).containsExactly(Role.VIEWER);
        assertThat(town.audited()).contains("person:alice access.sign-in alice ALLOWED ");
    }

    @Test
    void anUnknownNameAWrongPasswordAndADisabledPersonSoundTheSame() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        access.change("alice", 1, Set.of(Role.VIEWER), true, "local:root");
        town.add("bob", Role.VIEWER);

        for (SignIn answer : List.of(
                signIn("alice", password, HERE),
                signIn("bob", wrong(), HERE),
                signIn("nobody", wrong(), HERE),
                signIn("not a name!", wrong(), HERE))) {
            assertThat(answer).isEqualTo(new SignIn.Refused(AccessCode.CREDENTIALS_WRONG, Duration.ZERO));
        }
        assertThat(town.audited()).contains("anonymous access.sign-in (unknown) REFUSED CREDENTIALS_WRONG");
    }

    @Test
    void anUnknownNameTakesAsLongAsAKnownOne() throws AccessException {
        town.add("alice", Role.VIEWER);
        signIn("alice", wrong(), HERE);

        // Processor time, of which the machine's other work takes none; the least of some is what it costs.
        double ratio = (double) leastNanos("nobody") / leastNanos("alice");

        assertThat(ratio).isBetween(0.3, 3.0);
    }

    private long leastNanos(String name) throws AccessException {
        ThreadMXBean time = ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long begun = time.getCurrentThreadCpuTime();
            signIn(name, wrong(), HERE + i);
            least = Math.min(least, time.getCurrentThreadCpuTime() - begun);
        }
        return least;
    }

    @Test
    void failuresOfANameCloseTheDoorForLongerEachTimeAlsoForTheRightPassword() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        for (int i = 0; i < 5; i++) {
            signIn("alice", wrong(), "192.0.2." + i);
        }

        assertThat(signIn("alice", password, HERE)).isEqualTo(delayed(2));
        // Another version, or the same after a restart, knows it too.
        assertThat(town.newAccess().signIn("alice", password, Session.Kind.BROWSER, HERE))
                .isEqualTo(delayed(2));
        town.pass(Duration.ofSeconds(2));
        signIn("alice", wrong(), HERE);
        assertThat(signIn("alice", password, HERE)).isEqualTo(delayed(4));
        town.pass(Duration.ofSeconds(4));
        assertThat(signIn("alice", password, HERE)).isInstanceOf(SignIn.SignedIn.class);
        assertThat(signIn("alice", wrong(), HERE))
                .isEqualTo(new SignIn.Refused(AccessCode.CREDENTIALS_WRONG, Duration.ZERO));
    }

    @Test
    void strangersWhoTryANameDoNotKeepOutWhomItBelongsToWhereTheyAreSignedIn() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        signedIn(signIn("alice", password, HERE));
        for (int i = 0; i < 9; i++) {
            signIn("alice", wrong(), "203.0.113." + i);
            town.pass(Duration.ofMinutes(15));
        }
        signIn("alice", wrong(), "203.0.113.99");

        assertThat(signIn("alice", password, "198.51.100.1")).isEqualTo(delayed(64));
        assertThat(signIn("alice", password, HERE)).isInstanceOf(SignIn.SignedIn.class);
        for (int i = 0; i < 5; i++) {
            signIn("alice", wrong(), HERE);
        }
        assertThat(signIn("alice", password, HERE)).isEqualTo(delayed(2));
    }

    @Test
    void whatIsTypedIntoTheFieldOfTheNameIsKeptNowhere() throws AccessException {
        String slipped = new String(town.add("alice", Role.VIEWER));
        int before = town.audited().size();

        for (int i = 0; i < 6; i++) {
            signIn(slipped, wrong(), HERE);
            access.begin(slipped, GOOD.toCharArray(), () -> false, HERE);
        }

        assertThat(town.everythingKept()).doesNotContain(slipped);
        assertThat(town.audited().subList(before, town.audited().size()))
                .hasSizeGreaterThanOrEqualTo(6)
                .allMatch(entry -> entry.contains(" (unknown) "));
        // It is counted all the same, as a name that somebody has, also after a restart.
        assertThat(town.newAccess().signIn(slipped, wrong(), Session.Kind.BROWSER, "192.0.2.8"))
                .isInstanceOfSatisfying(
                        SignIn.Refused.class, no -> assertThat(no.code()).isEqualTo(AccessCode.SIGN_IN_DELAYED));
    }

    @Test
    void whoIsAtTheMachineIsKeptOutByNobodyInTheNetwork() throws AccessException {
        char[] password = town.add("alice", Role.ADMINISTRATOR);
        for (String here : List.of("127.0.0.1", "127.0.0.7", "[::1]", "[0:0:0:0:0:0:0:1]")) {
            for (int i = 0; i < 6; i++) {
                signIn("alice", wrong(), "192.0.2." + i);
            }
            assertThat(signIn("alice", password, "192.0.2.99"))
                    .isInstanceOfSatisfying(
                            SignIn.Refused.class, no -> assertThat(no.code()).isEqualTo(AccessCode.SIGN_IN_DELAYED));

            assertThat(signIn("alice", password, here)).as(here).isInstanceOf(SignIn.SignedIn.class);
        }
        // There, too, nobody tries for ever.
        for (int i = 0; i < 5; i++) {
            signIn("alice", wrong(), "127.0.0.1");
        }
        assertThat(signIn("alice", password, "127.0.0.1")).isEqualTo(delayed(2));
    }

    @Test
    void whoIsTurnedAwayUncheckedTakesNoTurnAndWhoFindsNoneHasNotTried() throws Exception {
        char[] password = town.add("alice", Role.VIEWER);
        for (int i = 0; i < 5; i++) {
            signIn("alice", wrong(), "192.0.2." + i);
        }
        Thread.currentThread().interrupt(); // nobody waits any more

        assertThat(signIn("alice", password, HERE)).isEqualTo(delayed(2));

        assertThat(Thread.interrupted()).isTrue();
        town.pass(Duration.ofSeconds(2));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> signIn("alice", password, HERE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.SIGN_IN_BUSY));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(signIn("alice", password, HERE)).isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void whoIsTurnedAwayUncheckedCannotFillTheAudit() throws AccessException {
        town.add("alice", Role.VIEWER);
        for (int i = 0; i < 20; i++) {
            signIn("name" + i, wrong(), HERE);
        }
        int before = town.audited().size();

        for (int i = 0; i < 500; i++) {
            signIn("name", wrong(), HERE);
        }

        assertThat(town.audited()).hasSize(before + 1);
    }

    /** Each record is a sync of the disk, and flash wears. */
    @Test
    void whoGuessesADayLongIsWrittenDownOnceAMinute() throws AccessException {
        town.add("alice", Role.VIEWER);
        int before = town.audited().size();
        int checked = 0;

        for (int second = 0; second < Duration.ofDays(1).toSeconds(); second++) {
            SignIn.Refused refused = (SignIn.Refused) signIn("alice", wrong(), HERE);
            checked += refused.code() == AccessCode.CREDENTIALS_WRONG ? 1 : 0;
            town.pass(Duration.ofSeconds(1));
        }

        assertThat(checked).isLessThan(120);
        assertThat(town.audited().size() - before).isLessThan(1_440 + 120);
    }

    @Test
    void aLookAtASessionIsNoUseOfIt() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", first, HERE));
        for (int i = 0; i < 29; i++) {
            town.pass(Duration.ofMinutes(1));
            assertThat(access.look(in.token())).isPresent();
        }

        town.pass(Duration.ofMinutes(2));

        assertThat(access.look(in.token())).isEmpty();
        assertThat(access.session(in.token())).isEmpty();
    }

    @Test
    void failuresFromAnAddressCloseTheDoorForAllNames() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        for (int i = 0; i < 20; i++) {
            signIn("name" + i, wrong(), "2001:db8:1:2::" + i);
        }

        assertThat(signIn("alice", password, "2001:db8:1:2:ffff::1")).isEqualTo(delayed(1));
        assertThat(signIn("alice", password, HERE)).isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void manyTriesAtOnceGainNothing() throws Exception {
        town.add("alice", Role.VIEWER);
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            List<Future<SignIn>> tries = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String from = "192.0.2." + i;
                tries.add(threads.submit(() -> signIn("alice", wrong(), from)));
            }
            int checked = 0;
            for (Future<SignIn> one : tries) {
                checked += ((SignIn.Refused) one.get()).code() == AccessCode.CREDENTIALS_WRONG ? 1 : 0;
            }
            assertThat(checked).isEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aOneTimePasswordLeadsToAnotherOneAndItsSessionEnds() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", first, HERE));
        assertThat(in.session().person().state()).isEqualTo(Person.State.PASSWORD_MUST_CHANGE);

        PasswordChange.Changed changed =
                (PasswordChange.Changed) access.changePassword(in.token(), first, GOOD.toCharArray(), HERE);

        assertThat(changed.session().person().state()).isEqualTo(Person.State.ACTIVE);
        assertThat(access.session(in.token())).isEmpty();
        assertThat(access.session(changed.token())).isPresent();
        assertThat(signIn("alice", GOOD.toCharArray(), HERE)).isInstanceOf(SignIn.SignedIn.class);
        assertThat(signIn("alice", first, HERE)).isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void aOneTimePasswordIsGoodForAWeek() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);

        town.pass(Duration.ofDays(8));

        assertThat(signIn("alice", first, HERE))
                .isEqualTo(new SignIn.Refused(AccessCode.ONE_TIME_PASSWORD_EXPIRED, Duration.ZERO));
    }

    @Test
    void eachRuleOfPasswordsHasItsCode() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", first, HERE));

        assertThat(refusal(in, first, "short")).isEqualTo(AccessCode.PASSWORD_TOO_SHORT);
        assertThat(refusal(in, first, "long ".repeat(60))).isEqualTo(AccessCode.PASSWORD_TOO_LONG);
        assertThat(refusal(in, first, "Password123!")).isEqualTo(AccessCode.PASSWORD_COMMON);
        assertThat(refusal(in, first, "abababababab")).isEqualTo(AccessCode.PASSWORD_COMMON);
        assertThat(refusal(in, first, "I am Alice, truly")).isEqualTo(AccessCode.PASSWORD_HOLDS_NAME);
        assertThat(refusal(in, first, new String(first))).isEqualTo(AccessCode.PASSWORD_UNCHANGED);
        assertThat(refusal(in, wrong(), "three blue foxes")).isEqualTo(AccessCode.CREDENTIALS_WRONG);
        access.signOut(in.token(), HERE);
        assertThat(refusal(in, first, "three blue foxes")).isEqualTo(AccessCode.SESSION_ENDED);
    }

    private AccessCode refusal(SignIn.SignedIn in, char[] current, String next) throws AccessException {
        return ((PasswordChange.Refused) access.changePassword(in.token(), current, next.toCharArray(), HERE)).code();
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndAfterItsTimeAndWhenSignedOut() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        SignIn.SignedIn used = signedIn(signIn("alice", password, HERE));
        SignIn.SignedIn unused = signedIn(signIn("alice", password, HERE));

        for (int i = 0; i < 24; i++) {
            town.pass(Duration.ofMinutes(29));
            assertThat(access.session(used.token())).isPresent();
        }
        assertThat(access.session(unused.token())).isEmpty();
        town.pass(Duration.ofMinutes(25));
        assertThat(access.session(used.token())).isEmpty();

        SignIn.SignedIn out = signedIn(signIn("alice", password, HERE));
        access.signOut(out.token(), HERE);
        assertThat(access.session(out.token())).isEmpty();
    }

    @Test
    void whoIsDisabledIsOutAtOnceAndComesBackWithADutyToChooseAnew() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", password, HERE));

        access.change("alice", 1, Set.of(Role.VIEWER), true, "local:root");
        assertThat(access.session(in.token())).isEmpty();

        access.change("alice", 2, Set.of(Role.VIEWER), false, "local:root");
        assertThat(signedIn(signIn("alice", password, HERE)).session().person().state())
                .isEqualTo(Person.State.PASSWORD_MUST_CHANGE);
    }

    @Test
    void somebodyCanAlwaysAdminister() throws AccessException {
        town.add("alice", Role.ADMINISTRATOR);

        assertThat(code(access.change("alice", 1, Set.of(Role.VIEWER), false, "x")))
                .isEqualTo(AccessCode.LAST_ADMINISTRATOR);
        assertThat(code(access.change("alice", 1, Set.of(Role.ADMINISTRATOR), true, "x")))
                .isEqualTo(AccessCode.LAST_ADMINISTRATOR);
        assertThat(code(access.remove("alice", 1, "x"))).isEqualTo(AccessCode.LAST_ADMINISTRATOR);
        town.add("bob", Role.ADMINISTRATOR);
        assertThat(access.remove("alice", 1, "x")).isInstanceOf(PersonChange.Done.class);
    }

    @Test
    void eachRefusalAboutPeopleHasItsCode() throws AccessException {
        town.add("alice", Role.VIEWER);
        Set<Role> viewer = Set.of(Role.VIEWER);

        assertThat(code(access.add("alice", viewer, "x"))).isEqualTo(AccessCode.PERSON_EXISTS);
        assertThat(code(access.add("Alice", viewer, "x"))).isEqualTo(AccessCode.PERSON_NAME_MALFORMED);
        assertThat(code(access.add("bob", Set.of(), "x"))).isEqualTo(AccessCode.PERSON_WITHOUT_ROLE);
        assertThat(code(access.change("bob", 1, viewer, false, "x"))).isEqualTo(AccessCode.PERSON_UNKNOWN);
        assertThat(code(access.change("alice", 7, viewer, false, "x"))).isEqualTo(AccessCode.PERSON_CHANGED);
        assertThat(code(access.remove("alice", 7, "x"))).isEqualTo(AccessCode.PERSON_CHANGED);
        assertThat(code(access.resetPassword("bob", "x"))).isEqualTo(AccessCode.PERSON_UNKNOWN);
    }

    @Test
    void aResetEndsSessionsAndForgetsFailures() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", first, HERE));
        for (int i = 0; i < 5; i++) {
            signIn("alice", wrong(), HERE);
        }

        char[] second = ((PersonChange.WithPassword) access.resetPassword("alice", "person:bob"))
                .password()
                .reveal(char[]::clone);

        assertThat(access.session(in.token())).isEmpty();
        assertThat(signIn("alice", second, HERE)).isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void withoutStoreOrAuditNobodyIsLetIn() throws AccessException {
        char[] password = town.add("alice", Role.VIEWER);

        access.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "full", null);
        };
        assertFails(AccessCode.ACCESS_AUDIT_REFUSED, password);
        access.audit = null;
        assertFails(AccessCode.ACCESS_AUDIT_REFUSED, password);
        access.store = null;
        assertFails(AccessCode.ACCESS_ABSENT, password);
        assertThat(town.sessions("alice")).isEmpty();
    }

    private void assertFails(AccessCode code, char[] password) {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> signIn("alice", password, HERE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void noSecretIsKept() throws AccessException {
        char[] first = town.add("alice", Role.VIEWER);
        SignIn.SignedIn in = signedIn(signIn("alice", first, HERE));
        access.changePassword(in.token(), first, GOOD.toCharArray(), HERE);
        SignIn.SignedIn again = signedIn(signIn("alice", GOOD.toCharArray(), HERE));

        assertThat(town.everythingKept())
                .contains("argon2id")
                .doesNotContain(
                        new String(first),
                        GOOD,
                        in.token().reveal(),
                        again.token().reveal());
    }

    @Test
    void theFirstPersonIsMadeOnce() throws AccessException {
        char[] password =
                FirstPerson.make(town, town.audit(), "admin", "local:root").reveal(char[]::clone);

        assertThat(signedIn(signIn("admin", password, HERE)).session().person().state())
                .isEqualTo(Person.State.PASSWORD_MUST_CHANGE);
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> FirstPerson.make(town, town.audit(), "root", "local:root"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.PERSON_EXISTS));
        assertThat(town.audited())
                .contains(
                        "local:root access.person.add admin ALLOWED ",
                        "local:root access.person.add root FAILED PERSON_EXISTS");
    }

    @Test
    void withoutAnAuditThereIsNoFirstPerson() throws AccessException {
        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> FirstPerson.make(
                        town,
                        entry -> {
                            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "the disk is full", null);
                        },
                        "admin",
                        "local:root"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.ACCESS_AUDIT_REFUSED));
        assertThat(town.people("", 1)).isEmpty();
    }

    private SignIn signIn(String name, char[] password, String from) throws AccessException {
        return access.signIn(name, password, Session.Kind.BROWSER, from);
    }

    private static char[] wrong() {
        return "three green foxes".toCharArray();
    }

    private static SignIn.SignedIn signedIn(SignIn answer) {
        assertThat(answer).isInstanceOf(SignIn.SignedIn.class);
        return (SignIn.SignedIn) answer;
    }

    private static SignIn.Refused delayed(long seconds) {
        return new SignIn.Refused(AccessCode.SIGN_IN_DELAYED, Duration.ofSeconds(seconds));
    }

    private static AccessCode code(PersonChange answer) {
        assertThat(answer).isInstanceOf(PersonChange.Refused.class);
        return ((PersonChange.Refused) answer).code();
    }
}
