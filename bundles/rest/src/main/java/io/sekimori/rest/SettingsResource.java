package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/gateways/{id}/settings}: what is set on a gateway, as it proves itself just now. Of a password only whether
 * there is one. Thread-safe.
 */
@Component(service = Resource.class)
public final class SettingsResource implements Resource {

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
                        "getSettings",
                        Method.GET,
                        "/v1/gateways/{id}/settings",
                        Permission.VIEW,
                        "What is set on a gateway, asked of it just now")
                .answering(200, Accepts.JSON, "Version, time and sets; of a password only whether it is set"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Courier now = Refusals.present(courier, courierAtEnd, "the link to the broker");
        Delivery delivery = Question.ask(
                now,
                request.path("id"),
                "SETTINGS-V1",
                List.of("sets"),
                Map.of("language", request.language().getLanguage()));
        if (delivery instanceof Answered answered) {
            return shown(answered);
        }
        throw new WebException(
                new Problem(504, RestCode.ANSWER_UNUSABLE, "the gateway proves nothing; it is none of Sekimori's"));
    }

    private static Response shown(Answered answered) throws WebException {
        if (answered.code() != 200) {
            String reason = String.valueOf(answered.metrics().getOrDefault("response.reason", ""));
            throw new WebException(new Problem(
                    502, RestCode.ANSWER_UNUSABLE, "the gateway answers " + answered.code() + " " + reason));
        }
        try {
            return Response.json(JsonObject.parse(answered.body().bytes()).asMap());
        } catch (MalformedJson e) {
            throw new WebException(new Problem(502, RestCode.ANSWER_UNUSABLE, "the answer is no JSON"), e);
        }
    }
}
