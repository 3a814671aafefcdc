package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.FirstAnswer;
import io.sekimori.access.FirstSignIn;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.identity.ActivationProof;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstResourceTest {

    private static final String CODE = "abcdefghijklmnopqrstuvwx23";

    private final AtomicLong nanos = new AtomicLong();
    private final FirstResource resource = new FirstResource(nanos::get);
    private final Unit unit = new Unit();

    @BeforeEach
    void connect() {
        resource.first = unit.people;
        resource.activation = unit.activation;
        resource.log = Silent.log();
    }

    @Test
    void everybodySeesWhetherAFirstPersonIsWantedAndNothingElse() throws Exception {
        assertThat(json(show()))
                .containsEntry("first", "OPEN")
                .containsOnlyKeys("product", "now", "first", "passwordLeast");

        unit.activated = false;
        assertThat(json(show())).containsEntry("first", "NO_ACTIVATION");
        unit.nobody = false;
        assertThat(json(show())).containsEntry("first", "DONE");
    }

    @Test
    void whoHoldsTheActivationIsMadeAndTheActivationIsSpent() throws Exception {
        Response answer = begin(CODE);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(json(answer)).containsEntry("name", "alice");
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
        assertThat(unit.activated).isFalse();
    }

    @Test
    void aWrongCodeIsRefusedAndSpendsNothing() throws Exception {
        assertRefused(begin("wrong"), 403, AccessCode.ACTIVATION_CODE_WRONG);
        assertThat(unit.activated).isTrue();
    }

    @Test
    void withoutActivationNobodyCanProveAnything() throws Exception {
        unit.activated = false;

        assertRefused(begin(CODE), 409, AccessCode.NO_ACTIVATION);
    }

    @Test
    void theSecondIsRefused() throws Exception {
        begin(CODE);

        assertRefused(begin(CODE), 409, AccessCode.FIRST_PERSON_EXISTS);
    }

    /** The power goes between making the person and spending the activation. */
    @Test
    void whatWasNotSpentInTimeIsSpentAtTheNextLook() throws Exception {
        unit.spendable = false;
        assertThat(begin(CODE).status()).isEqualTo(201);
        assertThat(unit.activated).isTrue();

        unit.spendable = true;
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(json(show())).containsEntry("first", "DONE");

        assertThat(unit.activated).isFalse();
    }

    /** Anybody may look, and trying takes time and a line. */
    @Test
    void looksTryToSpendOnceAMinuteAndTellTheSameFailureOnceAnHour() throws Exception {
        List<String> lines = new ArrayList<>();
        resource.log = Silent.keeping(lines);
        unit.nobody = false;
        unit.spendable = false;
        for (int second = 0; second < 3_600; second++) {
            assertThat(json(show())).containsEntry("first", "DONE");
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
        assertThat(unit.spends).isEqualTo(60);
        assertThat(lines).hasSize(1);

        show();
        assertThat(lines).hasSize(2);

        unit.failure = IdentityCode.IDENTITY_UNREADABLE;
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        show();
        assertThat(lines).hasSize(3);
    }

    @Test
    void whoMustWaitIsToldHowLong() throws Exception {
        unit.delay = Duration.ofMillis(1_200);

        Response answer = begin(CODE);

        assertRefused(answer, 429, AccessCode.SIGN_IN_DELAYED);
        assertThat(answer.headers()).containsEntry("Retry-After", "2");
    }

    @Test
    void anIdentityThatCannotBeReadLetsNobodyIn() {
        unit.readable = false;

        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> begin(CODE))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(IdentityCode.IDENTITY_UNREADABLE);
                    assertThat(e.problem().detail()).doesNotContain("/var");
                });
        assertThat(unit.nobody).isTrue();
    }

    @Test
    void withoutAccessControlNobodyIsLetIn() {
        resource.first = null;

        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> begin(CODE))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void anUnknownMemberIsRefused() {
        Request request = request("makeFirstPerson")
                .sending(Map.of("name", "alice", "code", CODE, "password", "x", "roles", "ADMINISTRATOR"));

        assertThatExceptionOfType(WebException.class).isThrownBy(() -> resource.handle(request));
    }

    private Response show() throws WebException {
        return resource.handle(request("showLocal"));
    }

    private Response begin(String code) throws WebException {
        return resource.handle(request("makeFirstPerson")
                .sending(Map.of("name", "alice", "code", code, "password", "three brown foxes")));
    }

    private Request request(String name) {
        Route route = resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(route.permission()).isEqualTo(Permission.ANYONE);
        return Request.of(route, new Caller.Anonymous());
    }

    private static Map<String, Object> json(Response response) {
        return new HashMap<>(((Body.Json) response.body()).value());
    }

    private static void assertRefused(Response response, int status, AccessCode code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(((Body.Refused) response.body()).problem().code()).isEqualTo(code);
    }

    /** A unit that has an activation and nobody. */
    private static final class Unit {

        private boolean nobody = true;
        private boolean activated = true;
        private boolean spendable = true;
        private boolean readable = true;
        private int spends;
        private IdentityCode failure = IdentityCode.IDENTITY_UNWRITABLE;
        private @Nullable Duration delay;

        private final FirstSignIn people = new FirstSignIn() {

            @Override
            public boolean isOpen() {
                return nobody;
            }

            @Override
            public FirstAnswer begin(String name, char[] password, Proof proof, String from) throws AccessException {
                if (!nobody) {
                    return new FirstAnswer.Refused(AccessCode.FIRST_PERSON_EXISTS, Duration.ZERO);
                }
                if (delay != null) {
                    return new FirstAnswer.Refused(AccessCode.SIGN_IN_DELAYED, delay);
                }
                if (!proof.holds()) {
                    return new FirstAnswer.Refused(AccessCode.ACTIVATION_CODE_WRONG, Duration.ZERO);
                }
                nobody = false;
                return new FirstAnswer.Made(new Person(name, Set.of(Role.ADMINISTRATOR), Person.State.ACTIVE, 1));
            }
        };

        private final ActivationProof activation = new ActivationProof() {

            @Override
            public boolean isOpen() throws IdentityException {
                require(readable, IdentityCode.IDENTITY_UNREADABLE);
                return activated;
            }

            @Override
            public boolean holds(byte[] text) {
                return activated && new String(text, StandardCharsets.US_ASCII).equals(CODE);
            }

            @Override
            public void spend() throws IdentityException {
                spends++;
                require(spendable, failure);
                activated = false;
            }
        };

        private static void require(boolean holds, IdentityCode code) throws IdentityException {
            if (!holds) {
                throw new IdentityException(code, "/var/by-test", null);
            }
        }
    }
}
