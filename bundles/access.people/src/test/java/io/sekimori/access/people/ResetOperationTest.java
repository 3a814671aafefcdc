package io.sekimori.access.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.access.AccessException;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlAnswer.Done;
import io.sekimori.control.ControlAnswer.Refused;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResetOperationTest {

    private final Town town = new Town();
    private final ResetOperation operation = new ResetOperation();

    @Test
    void whoLostThePasswordGetsAnotherOneAndIsNotKeptOutAnyMore() throws AccessException {
        operation.people = town.access();
        char[] lost = town.add("alice", Role.ADMINISTRATOR);
        for (int i = 0; i < 20; i++) {
            signIn("wrong".toCharArray());
        }

        Done done = (Done) operation.answer(Map.of("name", "alice"), "root");

        town.pass(Duration.ofMinutes(16)); // addresses are held back apart from names
        assertThat(signIn(lost)).isInstanceOf(SignIn.Refused.class);
        assertThat(signIn(done.members().get("password").toString().toCharArray()))
                .isInstanceOf(SignIn.SignedIn.class);
        assertThat(done.members().get("state")).isEqualTo("PASSWORD_MUST_CHANGE");
        assertThat(town.audited()).contains("local:root access.password.reset alice ALLOWED ");
        assertThat(town.everythingKept())
                .doesNotContain(done.members().get("password").toString());
    }

    @Test
    void nobodyElseGetsOne() {
        operation.people = town.access();

        assertThat(code(operation.answer(Map.of("name", "bob"), "root"))).isEqualTo("PERSON_UNKNOWN");
        assertThat(code(operation.answer(Map.of(), "root"))).isEqualTo("PERSON_NAME_MALFORMED");
        assertThat(code(operation.answer(Map.of("name", 7L), "root"))).isEqualTo("PERSON_NAME_MALFORMED");
        assertThat(town.audited()).contains("local:root access.password.reset bob FAILED PERSON_UNKNOWN");
    }

    @Test
    void withoutPeopleItIsRefused() {
        assertThat(code(operation.answer(Map.of("name", "alice"), "root"))).isEqualTo("ACCESS_ABSENT");
    }

    private SignIn signIn(char[] password) throws AccessException {
        return town.access().signIn("alice", password, Session.Kind.BROWSER, "192.0.2.7");
    }

    private static String code(ControlAnswer answer) {
        return ((Refused) answer).code();
    }
}
