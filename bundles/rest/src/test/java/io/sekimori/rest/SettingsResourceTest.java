package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.FleetCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SettingsResourceTest {

    private final SettingsResource resource = new SettingsResource();

    @Test
    void whatAGatewayProvesIsShown() throws Exception {
        resource.courier = answering(new Delivery.Answered(
                200, Map.of(), new Body("{\"version\":\"a\",\"sets\":[]}".getBytes(StandardCharsets.UTF_8))));

        assertThat(Asking.json(resource.handle(
                                Asking.request(resource, "getSettings").at("id", "g-a")))
                        .get("version"))
                .isEqualTo("a");
    }

    @Test
    void whatNobodyProvesIsNot() throws Exception {
        Body body = new Body("{}".getBytes(StandardCharsets.UTF_8));

        assertThat(outcome(new Delivery.Unproved(200, Map.of(), body))).isEqualTo("504 ANSWER_UNUSABLE");
        assertThat(outcome(new Delivery.Answered(404, Map.of("response.reason", "APPLICATION_UNKNOWN"), Body.EMPTY)))
                .isEqualTo("502 ANSWER_UNUSABLE");
        assertThat(outcome(new Delivery.Answered(200, Map.of(), Body.EMPTY))).isEqualTo("502 ANSWER_UNUSABLE");
        assertThat(outcome(new Delivery.Unanswered(FleetCode.NO_ANSWER, "nothing within 10 s")))
                .isEqualTo("504 NO_ANSWER");
    }

    private String outcome(Delivery delivery) throws Exception {
        resource.courier = answering(delivery);
        return Asking.outcome(resource, Asking.request(resource, "getSettings").at("id", "g-a"));
    }

    private static Courier answering(Delivery delivery) {
        return Faked.service(Courier.class, (name, arguments) -> CompletableFuture.completedFuture(delivery));
    }
}
