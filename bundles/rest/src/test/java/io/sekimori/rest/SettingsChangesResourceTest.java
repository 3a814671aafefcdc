package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuned.State;
import io.sekimori.tuning.Tuning;
import io.sekimori.tuning.TuningAnswer;
import io.sekimori.tuning.TuningCode;
import io.sekimori.tuning.Wish;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsChangesResourceTest {

    private static final Tuned TUNED = new Tuned(
            "c-1",
            "g-a",
            State.REVERTED,
            "CONSOLE_NOT_REACHED",
            "",
            "person:alice 192.0.2.7",
            "because",
            "{\"a\":{\"pass\":{\"secret\":true,\"set\":true}}}",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60));

    private final List<Wish> wishes = new ArrayList<>();
    private final SettingsChangesResource resource = new SettingsChangesResource();
    private TuningAnswer answer = new TuningAnswer.Sent(TUNED);

    SettingsChangesResourceTest() {
        resource.tuning = Faked.service(Tuning.class, (name, arguments) -> switch (name) {
            case "change" -> {
                wishes.add((Wish) arguments[0]);
                assertThat(arguments[1]).asString().startsWith("person:alice ");
                yield answer;
            }
            case "get" -> arguments[1].equals("c-1") ? Optional.of(TUNED) : Optional.empty();
            default -> List.of(TUNED);
        });
    }

    @Test
    void aChangeIsSentWithItsReasonAndItsValuesAsTexts() throws Exception {
        Map<String, Object> values = new HashMap<>(Map.of("n", 5L, "on", true, "many", List.of("a", "b")));
        values.put("gone", null);

        Response response = resource.handle(post(Map.of("reason", "because", "changes", Map.of("a", values))));

        assertThat(response.status()).isEqualTo(202);
        assertThat(Asking.json(response).get("id")).isEqualTo("c-1");
        Wish wish = wishes.get(0);
        assertThat(wish.gateway()).isEqualTo("g-a");
        assertThat(wish.trialSeconds()).isEqualTo(60);
        assertThat(wish.changes().get("a"))
                .containsEntry("n", "5")
                .containsEntry("on", "true")
                .containsEntry("many", List.of("a", "b"))
                .containsEntry("gone", Wish.UNSET);
    }

    @Test
    void whatIsNoChangeIsRefused() throws Exception {
        Map<String, Object> good = Map.of("a", Map.of("n", "5"));

        assertThat(outcome(Map.of("reason", " ", "changes", good))).isEqualTo("422 VALUE_INVALID");
        assertThat(outcome(Map.of("reason", "r", "changes", Map.of()))).isEqualTo("422 VALUE_INVALID");
        assertThat(outcome(Map.of("reason", "r", "changes", good, "trialSeconds", 5L)))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(outcome(Map.of("reason", "r", "changes", Map.of("a", Map.of("n", Map.of())))))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(wishes).isEmpty();
    }

    @Test
    void whatTheAreaRefusesIsSaid() throws Exception {
        Map<String, Object> body = Map.of("reason", "r", "changes", Map.of("a", Map.of("n", "5")));
        for (TuningCode code : TuningCode.values()) {
            answer = new TuningAnswer.Refused(code, "by test");
            assertThat(outcome(body)).endsWith(" " + code);
        }
    }

    @Test
    void aChangeIsShownWithoutItsPasswords() throws Exception {
        Map<String, ?> shown = Asking.json(resource.handle(
                Asking.request(resource, "getSettingsChange").at("id", "g-a").at("change", "c-1")));

        assertThat(shown.get("state")).isEqualTo("REVERTED");
        assertThat(shown.get("code")).isEqualTo("CONSOLE_NOT_REACHED");
        assertThat(shown.get("person")).isEqualTo("alice");
        assertThat(shown.get("changes").toString()).contains("secret=true", "set=true");
        assertThat(Asking.outcome(
                        resource,
                        Asking.request(resource, "getSettingsChange")
                                .at("id", "g-a")
                                .at("change", "c-2")))
                .isEqualTo("404 UNKNOWN");
        assertThat((List<?>) Asking.json(resource.handle(
                                Asking.request(resource, "listSettingsChanges").at("id", "g-a")))
                        .get("items"))
                .hasSize(1);
    }

    private String outcome(Map<String, Object> body) throws Exception {
        return Asking.outcome(resource, post(body));
    }

    private Request post(Map<String, Object> body) {
        return Asking.request(resource, "changeSettings").at("id", "g-a").sending(body);
    }
}
