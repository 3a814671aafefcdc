package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.insight.Insight;
import io.sekimori.insight.InsightCode;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.KeptStatus;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayStatusResourceTest {

    private static final String ID = "g-aaaaaaaaaaaa";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private final GatewayStatusResource resource = new GatewayStatusResource();
    private Optional<KeptStatus> latest = Optional.of(
            new KeptStatus(ID, 7, NOON, NOON.plusSeconds(5), Map.of("generation", 3L, "findings", List.of())));

    GatewayStatusResourceTest() {
        resource.insight = Faked.service(Insight.class, this::answer);
    }

    @Test
    void aStatusIsShownWithWhenItWasSo() throws Exception {
        Map<String, ?> json = Asking.json(resource.handle(request("getGatewayStatus")));

        assertThat(json.get("at")).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(json.get("received")).isEqualTo("2026-11-22T12:00:05Z");
        assertThat(json.get("sequence")).isEqualTo(7L);
        assertThat(json.get("generation")).isEqualTo(3L);
    }

    @Test
    void whoNeverSpokeHasNoStatus() throws Exception {
        latest = Optional.empty();

        assertThat(Asking.outcome(resource, request("getGatewayStatus"))).isEqualTo("404 UNKNOWN");
        assertThat(Asking.outcome(resource, request("watchGatewayStatus"))).isEqualTo("404 UNKNOWN");
    }

    @Test
    void historyIsPagedByItsNumbers() throws Exception {
        Response response = resource.handle(
                request("listGatewayStatuses").where("after", "9").where("limit", "1"));

        assertThat(asked).containsExactly("OptionalLong[9] 1");
        assertThat(Asking.json(response).get("next")).isEqualTo("7");
        assertThat(Asking.outcome(resource, request("listGatewayStatuses").where("after", "x")))
                .isEqualTo("422 VALUE_INVALID");
    }

    @Test
    void recordsThatAreAwayAreSaidSo() throws Exception {
        resource.insight = Faked.service(Insight.class, (name, arguments) -> {
            throw new InsightException(InsightCode.RECORDS_UNAVAILABLE, "away", null);
        });

        assertThat(Asking.outcome(resource, request("getGatewayStatus"))).isEqualTo("503 RECORDS_UNAVAILABLE");
    }

    private Object answer(String name, Object[] arguments) {
        if (name.equals("latest")) {
            return latest;
        }
        asked.add(arguments[1] + " " + arguments[2]);
        return latest.stream().toList();
    }

    private Request request(String route) {
        return Asking.request(resource, route).at("id", ID);
    }
}
