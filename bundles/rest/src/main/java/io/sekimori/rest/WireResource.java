package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.fleet.Courier.Delivery.Unproved;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/gateways/{id}/wire}: asks a gateway something by Kura's protocol, such as {@code DEPLOY-V2/bundles}. Only
 * {@code GET} goes this way. The answer says whether the gateway proved it; one of a Kura gateway never is. Thread-safe.
 */
@Component(service = Resource.class)
public final class WireResource implements Resource {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    private volatile @Nullable Courier courierAtEnd;

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        courierAtEnd = courier;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                        "askGateway",
                        Method.GET,
                        "/v1/gateways/{id}/wire/{application}/{resource...}",
                        Permission.OPERATE,
                        "Asks a gateway something and waits for the answer")
                .answering(200, Accepts.JSON, "The answer, and whether the gateway proved it"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Courier now = Refusals.present(courier, courierAtEnd, "the link to the broker");
        Delivery delivery = Question.ask(
                now,
                request.path("id"),
                request.path("application"),
                List.of(request.path("resource").split("/")),
                Map.of());
        if (delivery instanceof Answered answered) {
            return shown(true, answered.code(), answered.metrics(), answered.body());
        }
        Unproved unproved = (Unproved) delivery;
        return shown(false, unproved.code(), unproved.metrics(), unproved.body());
    }

    private static Response shown(boolean proved, int code, Map<String, Object> metrics, Body body) {
        Map<String, Object> words = new TreeMap<>();
        metrics.forEach((name, value) -> {
            if (!(value instanceof byte[])) {
                words.put(name, String.valueOf(value));
            }
        });
        return Response.json(Map.of(
                "proved", proved,
                "code", code,
                "metrics", words,
                "body", new String(body.bytes(), StandardCharsets.UTF_8)));
    }
}
