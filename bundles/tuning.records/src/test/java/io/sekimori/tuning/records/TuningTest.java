package io.sekimori.tuning.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.FleetCode;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Errand;
import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuned.State;
import io.sekimori.tuning.TuningAnswer;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a person's wish to the proved end, on both databases. */
class TuningTest {

    private static final String ALICE = "person:alice 192.0.2.7";

    @OnBothDatabases
    void aChangeIsSignedForItsPersonAndConfirmedWhenTheGatewayProvesItCameBack(Consoles consoles) throws Exception {
        TestConsole console = new TestConsole(consoles);

        Tuned sent = sent(console, Map.of("host", "new", "pass", "hunter2"));

        Errand errand = console.signed.get(0);
        assertThat(errand.person()).isEqualTo(ALICE);
        assertThat(errand.action()).isEqualTo("settings.change");
        assertThat(errand.gateway()).isEqualTo(TestConsole.GATEWAY);
        assertThat(errand.device()).isEqualTo("d".repeat(64));
        assertThat(errand.counter()).isEqualTo(console.now.toEpochMilli());
        assertThat(errand.content().toString()).contains("hunter2", "version=3", "secret");
        assertThat(sent.changes()).contains("new").doesNotContain("hunter2");
        assertThat(console.audited.toString()).contains(ALICE + " ALLOWED").doesNotContain("hunter2");
        console.tuning.round();
        assertThat(state(console, sent)).isEqualTo(State.SENT);

        console.state = TestConsole.answered(200, "{\"state\":\"ON_TRIAL\",\"challenge\":\"\"}");
        console.tuning.round();
        assertThat(state(console, sent)).isEqualTo(State.ON_TRIAL);
        assertThat(console.signed).hasSize(1);
        console.state = TestConsole.answered(200, "{\"state\":\"ON_TRIAL\",\"challenge\":\"why\"}");
        console.another().round();
        assertThat(console.signed.get(1).content()).isEqualTo(Map.of("change", sent.id(), "challenge", "why"));
        assertThat(console.signed.get(1).counter()).isGreaterThan(errand.counter());
        assertThat(state(console, sent)).isEqualTo(State.ON_TRIAL);

        console.state = TestConsole.answered(200, "{\"state\":\"CONFIRMED\",\"code\":\"\",\"detail\":\"\"}");
        console.tuning.round();
        console.another().round();
        assertThat(state(console, sent)).isEqualTo(State.CONFIRMED);
        assertThat(console.audited.stream().filter(entry -> entry.startsWith(ALICE + " DONE")))
                .hasSize(1);
        assertThat(console.tuning.page(TestConsole.GATEWAY, Optional.empty(), 10))
                .hasSize(1);
        assertThat(console.tuning.page(TestConsole.GATEWAY, Optional.of(sent.id()), 10))
                .isEmpty();
    }

    @OnBothDatabases
    void whatTheGatewayProvesAtOnceIsKnownAtOnce(Consoles consoles) throws Exception {
        TestConsole console = new TestConsole(consoles);
        console.put = TestConsole.answered(200, "{\"state\":\"ON_TRIAL\",\"challenge\":\"\"}");
        Tuned taken = sent(console, Map.of("host", "new"));
        console.put = TestConsole.refused(409, "TRIAL_RUNNING");
        Tuned refused = sent(console, Map.of("host", "newer"));
        console.put = TestConsole.refused(409, "MANDATE_REPLAYED");
        Tuned heardTwice = sent(console, Map.of("host", "newest"));
        console.put = TestConsole.refused(503, "PART_ABSENT");
        Tuned inTrouble = sent(console, Map.of("host", "last"));

        assertThat(state(console, taken)).isEqualTo(State.ON_TRIAL);
        assertThat(state(console, refused)).isEqualTo(State.REFUSED);
        assertThat(console.audited.toString()).contains(ALICE + " REFUSED TRIAL_RUNNING");
        assertThat(state(console, heardTwice))
                .as("the first may have been taken")
                .isEqualTo(State.SENT);
        assertThat(state(console, inTrouble)).isEqualTo(State.SENT);
    }

    @OnBothDatabases
    void whatNobodyProvesIsSilentUntilSomebodyDoes(Consoles consoles) throws Exception {
        TestConsole console = new TestConsole(consoles);
        Tuned sent = sent(console, Map.of("host", "new"));
        console.state = new Delivery.Unproved(
                200, Map.of(), new Body("{\"state\":\"CONFIRMED\"}".getBytes(StandardCharsets.UTF_8)));
        console.tuning.round();
        assertThat(state(console, sent)).isEqualTo(State.SENT);

        console.later(Duration.ofMinutes(4));
        console.tuning.round();
        assertThat(state(console, sent)).isEqualTo(State.SILENT);

        console.state =
                TestConsole.answered(200, "{\"state\":\"REVERTED\",\"code\":\"CONSOLE_NOT_REACHED\",\"detail\":\"d\"}");
        console.tuning.round();
        assertThat(state(console, sent)).isEqualTo(State.REVERTED);
        assertThat(console.tuning
                        .get(TestConsole.GATEWAY, sent.id())
                        .orElseThrow()
                        .code())
                .isEqualTo("CONSOLE_NOT_REACHED");
        assertThat(console.audited.toString()).contains("FAILED CONSOLE_NOT_REACHED");
    }

    /** One gateway that lies must not have the changes of the others reverted for want of a confirmation. */
    @OnBothDatabases
    void whateverAGatewayAnswersTheOthersAreFollowed(Consoles consoles) throws Exception {
        for (String answer : List.of(
                "{\"state\":\"REVERTED\",\"code\":\"" + "X".repeat(101) + "\",\"detail\":\"d\"}",
                "{\"state\":\"REVERTED\",\"code\":\"C\\u0000\",\"detail\":\"\\u0000\"}",
                "{\"state\":\"ON_TRIAL\",\"challenge\":\"unsignable\"}")) {
            TestConsole console = new TestConsole(consoles);
            Tuned liar = sent(console, Map.of("host", "new"));
            Tuned other = sent(console, Map.of("host", "newer"));
            console.states.put(liar.id(), TestConsole.answered(200, answer));
            console.states.put(other.id(), TestConsole.answered(200, "{\"state\":\"CONFIRMED\"}"));

            console.tuning.round();

            assertThat(state(console, other)).as(answer).isEqualTo(State.CONFIRMED);
            assertThat(state(console, liar)).isEqualTo(answer.contains("ON_TRIAL") ? State.SENT : State.REVERTED);
            assertThat(console.tuning
                            .get(TestConsole.GATEWAY, liar.id())
                            .orElseThrow()
                            .code())
                    .isEmpty();
        }
    }

    @OnBothDatabases
    void whatCannotBeSentIsRefused(Consoles consoles) throws Exception {
        TestConsole console = new TestConsole(consoles);

        assertThat(refusal(console, "g-zzzzzzzzzzzz", "a", Map.of("host", "x"))).isEqualTo(TuningCode.GATEWAY_UNKNOWN);
        assertThat(refusal(console, TestConsole.GATEWAY, "b", Map.of("host", "x")))
                .isEqualTo(TuningCode.SETTING_UNKNOWN);
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("nope", "x")))
                .isEqualTo(TuningCode.SETTING_UNKNOWN);
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x".repeat(60_000))))
                .isEqualTo(TuningCode.CHANGE_TOO_LARGE);
        console.audits = false;
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x")))
                .isEqualTo(TuningCode.AUDIT_UNAVAILABLE);
        assertThat(console.tuning.page(TestConsole.GATEWAY, Optional.empty(), 10))
                .isEmpty();
        console.audits = true;
        console.signs = false;
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x")))
                .isEqualTo(TuningCode.DIRECTOR_UNAVAILABLE);
        assertThat(console.tuning
                        .page(TestConsole.GATEWAY, Optional.empty(), 10)
                        .get(0)
                        .state())
                .isEqualTo(State.REFUSED);
        console.device = Optional.empty();
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x")))
                .isEqualTo(TuningCode.GATEWAY_NOT_ENROLLED);
        console.device = Optional.of("d".repeat(64));
        console.sets = "no json";
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x")))
                .isEqualTo(TuningCode.GATEWAY_SILENT);
        console.tuning.records = null;
        console.sets =
                "{\"sets\":[{\"pid\":\"a\",\"factory\":false,\"version\":1,\"attributes\":[{\"id\":\"host\"}]}]}";
        assertThat(refusal(console, TestConsole.GATEWAY, "a", Map.of("host", "x")))
                .isEqualTo(TuningCode.RECORDS_UNAVAILABLE);
        assertThat(console.asked).noneMatch(each -> each.startsWith("PUT"));
    }

    @OnBothDatabases
    void eachMandateCountsFurtherAlsoWhenTheClockGoesBack(Consoles consoles) throws Exception {
        TestConsole console = new TestConsole(consoles);
        console.state = new Delivery.Unanswered(FleetCode.NO_ANSWER, "by test");
        sent(console, Map.of("host", "one"));
        console.later(Duration.ofHours(-1));
        sent(console, Map.of("host", Wish.UNSET));

        assertThat(console.signed.get(1).counter())
                .isEqualTo(console.signed.get(0).counter() + 1);
        assertThat(console.signed.get(1).content().toString()).contains("unset=[host]");
    }

    private static Tuned sent(TestConsole console, Map<String, Object> values) {
        return ((TuningAnswer.Sent)
                        console.tuning.change(new Wish(TestConsole.GATEWAY, "why", Map.of("a", values), 60), ALICE))
                .tuned();
    }

    private static State state(TestConsole console, Tuned tuned) throws Exception {
        return console.tuning.get(TestConsole.GATEWAY, tuned.id()).orElseThrow().state();
    }

    private static TuningCode refusal(TestConsole console, String gateway, String pid, Map<String, Object> values) {
        return ((TuningAnswer.Refused) console.tuning.change(new Wish(gateway, "why", Map.of(pid, values), 60), ALICE))
                .code();
    }
}
