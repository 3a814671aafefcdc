package io.sekimori.access.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.FirstAnswer;
import io.sekimori.access.FirstSignIn;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FoundingTest {

    private static final String HERE = "192.0.2.7";
    private static final String OWN = "three brown foxes";
    private static final FirstSignIn.Proof RIGHT = () -> true;
    private static final FirstSignIn.Proof WRONG = () -> false;

    private final Town town = new Town();
    private final PeopleAccess access = town.access();

    @Test
    void theFirstPersonIsAnAdministratorWithAnOwnPassword() throws AccessException {
        assertThat(access.isOpen()).isTrue();

        FirstAnswer answer = begin("alice", OWN, RIGHT);

        assertThat(((FirstAnswer.Made) answer).person().roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(access.isOpen()).isFalse();
        SignIn in = access.signIn("alice", OWN.toCharArray(), Session.Kind.BROWSER, HERE);
        assertThat(((SignIn.SignedIn) in).session().person().state()).isEqualTo(Person.State.ACTIVE);
        assertThat(town.audited()).contains("anonymous access.person.first alice ALLOWED ");
    }

    @Test
    void theSecondIsRefusedWhateverTheyProve() throws AccessException {
        begin("alice", OWN, RIGHT);
        AtomicInteger asked = new AtomicInteger();

        FirstAnswer answer = begin("mallory", OWN, () -> asked.incrementAndGet() > 0);

        assertThat(answer).isEqualTo(refused(AccessCode.FIRST_PERSON_EXISTS));
        assertThat(asked).hasValue(0);
        assertThat(access.find("mallory")).isEmpty();
    }

    @Test
    void wrongCodesCloseTheDoorForTheAddressAndNobodyElse() throws AccessException {
        for (int i = 0; i < 20; i++) {
            assertThat(begin("mallory", OWN, WRONG)).isEqualTo(refused(AccessCode.ACTIVATION_CODE_WRONG));
        }

        // Another version, or the same after a restart, counts on.
        FirstAnswer closed = town.newAccess().begin("mallory", OWN.toCharArray(), RIGHT, HERE);
        assertThat(((FirstAnswer.Refused) closed).code()).isEqualTo(AccessCode.SIGN_IN_DELAYED);
        assertThat(((FirstAnswer.Refused) closed).retryAfter()).isPositive();
        assertThat(access.begin("alice", OWN.toCharArray(), RIGHT, "192.0.2.8")).isInstanceOf(FirstAnswer.Made.class);
    }

    @Test
    void whoWaitedMayTryAgain() throws AccessException {
        for (int i = 0; i < 20; i++) {
            begin("alice", OWN, WRONG);
        }
        town.pass(Duration.ofMinutes(15));

        assertThat(begin("alice", OWN, RIGHT)).isInstanceOf(FirstAnswer.Made.class);
    }

    @Test
    void aPasswordThatBreaksARuleUsesUpNothing() throws AccessException {
        AtomicInteger asked = new AtomicInteger();

        assertThat(begin("alice", "short", () -> asked.incrementAndGet() > 0))
                .isEqualTo(refused(AccessCode.PASSWORD_TOO_SHORT));
        assertThat(begin("alice", "aliceinwonderland", () -> asked.incrementAndGet() > 0))
                .isEqualTo(refused(AccessCode.PASSWORD_HOLDS_NAME));
        assertThat(begin("Not A Name", OWN, () -> asked.incrementAndGet() > 0))
                .isEqualTo(refused(AccessCode.PERSON_NAME_MALFORMED));

        assertThat(asked).hasValue(0);
        assertThat(town.everythingKept()).doesNotContain("Not A Name", "alice");
    }

    @Test
    void ofManyAtOnceOneSucceeds() {
        CountDownLatch all = new CountDownLatch(4);
        List<CompletableFuture<FirstAnswer>> tries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "p" + i + "x";
            tries.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return access.begin(name, OWN.toCharArray(), () -> together(all), HERE);
                        } catch (AccessException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }

        assertThat(tries.stream().map(CompletableFuture::join).filter(FirstAnswer.Made.class::isInstance))
                .hasSize(1);
    }

    @Test
    void whatCannotBeAuditedIsNotDone() {
        town.access().audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "disk full", null);
        };

        assertThatExceptionOfType(AccessException.class)
                .isThrownBy(() -> begin("alice", OWN, RIGHT))
                .satisfies(e -> assertThat(e.code()).isEqualTo(AccessCode.ACCESS_AUDIT_REFUSED));
        assertThat(town.person("alice")).isEmpty();
    }

    @Test
    void floodsLeaveFewRecords() throws AccessException {
        begin("alice", OWN, RIGHT);
        int before = town.audited().size();

        for (int i = 0; i < 1_000; i++) {
            begin("mallory", OWN, RIGHT);
        }

        assertThat(town.audited().size() - before).isLessThanOrEqualTo(1);
    }

    private FirstAnswer begin(String name, String password, FirstSignIn.Proof proof) throws AccessException {
        return access.begin(name, password.toCharArray(), proof, HERE);
    }

    private static boolean together(CountDownLatch all) {
        all.countDown();
        try {
            all.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static FirstAnswer refused(AccessCode code) {
        return new FirstAnswer.Refused(code, Duration.ZERO);
    }
}
