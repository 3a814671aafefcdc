package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.ActivationText;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Page;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewaysResourceTest {

    private static final String ID = "g-aaaaaaaaaaaa";

    private final List<String> asked = new ArrayList<>();
    private final ActivationText activation = new ActivationText("{\"code\":1}".getBytes(StandardCharsets.UTF_8));
    private final GatewaysResource resource = new GatewaysResource();

    GatewaysResourceTest() {
        resource.fleet = Faked.service(Fleet.class, this::answer);
    }

    @Test
    void aPageIsAskedForWithItsFilterAndKey() throws Exception {
        Response response = resource.handle(request("listGateways")
                .where("life", "activated")
                .where("label", "site:a")
                .where("after", "SN-1")
                .where("limit", "7"));

        assertThat(asked).containsExactly("page ACTIVATED site:a SN-1 7");
        assertThat(Asking.json(response).get("next")).isEqualTo("SN-9");
        assertThat((List<?>) Asking.json(response).get("items")).hasSize(1);
    }

    @Test
    void aConditionThatCannotBeIsRefused() throws Exception {
        assertThat(Asking.outcome(resource, request("listGateways").where("life", "asleep")))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(Asking.outcome(resource, request("listGateways").where("version", "1.0.0")))
                .isEqualTo("422 VALUE_INVALID");
        assertThat(Asking.outcome(resource, request("listGateways").where("limit", "0")))
                .isEqualTo("400 PARAMETER_INVALID");
    }

    @Test
    void anActivationIsShownOnceAndWiped() throws Exception {
        Response response = resource.handle(
                request("registerGateway").sending(Map.of("serial", "SN-1", "model", "M-1", "labels", List.of("a"))));

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsEntry("Location", "/v1/gateways/" + ID)
                .containsEntry("Cache-Control", "no-store");
        assertThat(Asking.json(response).get("activation")).isEqualTo("{\"code\":1}");
        assertThat(activation.utf8()).containsOnly(0);
        assertThat(asked).containsExactly("register SN-1 by person:alice 127.0.0.1");
    }

    @Test
    void whatIsMisspeltIsNotIgnored() throws Exception {
        assertThat(Asking.outcome(
                        resource,
                        request("registerGateway").sending(Map.of("serial", "1", "model", "M", "lables", 1L))))
                .isEqualTo("400 BODY_INVALID");
        assertThat(Asking.outcome(resource, request("registerGateway").sending(Map.of("serial", "../x", "model", "M"))))
                .isEqualTo("422 VALUE_INVALID");
    }

    @Test
    void whoChangesSomethingSaysWhichVersionTheySaw() throws Exception {
        Request change = request("moveGateway").at("id", ID).sending(Map.of("life", "SUSPENDED"));

        assertThat(Asking.outcome(resource, change)).isEqualTo("428 TAG_REQUIRED");
        assertThat(Asking.outcome(resource, change.header("if-match", "\"3\""))).isEqualTo("412 CHANGED_MEANWHILE");
        Response response = resource.handle(change.header("if-match", "\"4\""));

        assertThat(response.headers()).containsEntry("ETag", "\"4\"");
        assertThat(asked.get(asked.size() - 1)).isEqualTo("move SUSPENDED 4 by person:alice 127.0.0.1");
    }

    @Test
    void whatItProvedIsShownWithItsLastTransitionAndItsFindings() throws Exception {
        Map<String, ?> shown = Asking.json(resource.handle(request("getGateway").at("id", ID)));

        assertThat(shown.get("findings")).isEqualTo(List.of("FILE_CHANGED a"));
        assertThat(shown.get("confirmed")).isEqualTo(true);
        assertThat((Map<?, ?>) shown.get("lastTransition"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("id", "t-1"),
                        Map.entry("from", 1L),
                        Map.entry("to", 2L),
                        Map.entry("assignment", 9L),
                        Map.entry("outcome", "REVERTED"),
                        Map.entry("code", "UNHEALTHY"),
                        Map.entry("detail", "a check failed"),
                        Map.entry("by", "local:root local"),
                        Map.entry("ended", "1970-01-01T00:00:05Z"),
                        Map.entry("offlineStale", "1970-01-01T00:00:03Z")));
    }

    @Test
    void anUnknownGatewayIsNotFound() throws Exception {
        assertThat(Asking.outcome(resource, request("getGateway").at("id", "g-bbbbbbbbbbbb")))
                .startsWith("404");
    }

    @Test
    void aFleetThatIsAwayIsSaidSo() throws Exception {
        resource.fleet = null;
        assertThat(Asking.outcome(resource, request("listGateways"))).isEqualTo("503 AREA_ABSENT");

        resource.fleet = Faked.service(Fleet.class, (name, arguments) -> {
            throw new FleetException(FleetCode.RECORDS_UNAVAILABLE, "password=secret", null);
        });
        assertThat(Asking.outcome(resource, request("listGateways"))).isEqualTo("503 RECORDS_UNAVAILABLE");
    }

    private Request request(String route) {
        return Asking.request(resource, route);
    }

    private Object answer(String name, Object[] arguments) {
        return switch (name) {
            case "page" -> {
                Filter filter = (Filter) arguments[0];
                asked.add("page " + filter.life().map(Life::name).orElse("") + " "
                        + filter.label().orElse("") + " " + ((Optional<?>) arguments[1]).orElseThrow() + " "
                        + arguments[2]);
                yield new Page(List.of(gateway()), Optional.of("SN-9"));
            }
            case "register" -> {
                asked.add("register SN-1 by " + arguments[1]);
                yield new FleetAnswer.Registered(gateway(), activation);
            }
            case "move" -> {
                long seen = ((OptionalLong) arguments[2]).orElse(-1);
                asked.add("move " + arguments[1] + " " + seen + " by " + arguments[3]);
                yield seen == 4
                        ? new FleetAnswer.Changed(gateway())
                        : new FleetAnswer.Refused(FleetCode.CHANGED_MEANWHILE, "it is at 4");
            }
            case "get" -> arguments[0].equals(ID) ? Optional.of(gateway()) : Optional.empty();
            default -> throw new UnsupportedOperationException(name);
        };
    }

    private static Gateway gateway() {
        return new Gateway(
                ID,
                "SN-1",
                "M-1",
                Life.ACTIVATED,
                Optional.empty(),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.of(report()),
                Optional.of(Instant.EPOCH),
                0,
                Instant.EPOCH,
                4);
    }

    private static DeviceReport report() {
        return new DeviceReport(
                1,
                Instant.EPOCH,
                "",
                1,
                true,
                8,
                8,
                List.of(),
                List.of("FILE_CHANGED a"),
                Optional.of(new DeviceReport.Transition(
                        "t-1",
                        1,
                        2,
                        9,
                        DeviceReport.Outcome.REVERTED,
                        "UNHEALTHY",
                        "a check failed",
                        "local:root local",
                        Instant.EPOCH.plusSeconds(5),
                        Optional.of(Instant.EPOCH.plusSeconds(3)))));
    }
}
