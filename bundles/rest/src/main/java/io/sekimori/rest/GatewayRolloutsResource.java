package io.sekimori.rest;

import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Standing;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/gateways/{id}/rollouts} and {@code /cancel}: where one gateway stands in rollouts, and taking back what is on its
 * way to it. Thread-safe.
 */
@Component(service = Resource.class)
public final class GatewayRolloutsResource implements Resource {

    private static final String ONE = "/v1/gateways/{id}";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Rollouts rollouts;

    private volatile @Nullable Rollouts rolloutsAtEnd;

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        rolloutsAtEnd = rollouts;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                                "listGatewayRollouts",
                                Method.GET,
                                ONE + "/rollouts",
                                Permission.VIEW,
                                "Where a gateway stands in the newest " + Rollouts.MAX_STANDINGS + " rollouts it is in")
                        .answering(200, Accepts.JSON, "The rollouts, the newest first"),
                Route.of(
                                "cancelGateway",
                                Method.POST,
                                ONE + "/cancel",
                                Permission.OPERATE,
                                "Takes back what is on its way to a gateway; what it has confirmed stays")
                        .accepting(Accepts.json())
                        .answering(
                                200,
                                Accepts.JSON,
                                "The rollouts, the newest first; what became of it, their states say once it is proved"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Rollouts now = Refusals.present(rollouts, rolloutsAtEnd, "the rollouts");
        String id = request.path("id");
        try {
            if (request.route().name().equals("cancelGateway")) {
                request.json().allow();
                if (now.takeBack(id, Actors.of(request)) instanceof RolloutAnswer.Refused refused) {
                    throw Refusals.of(refused);
                }
            }
            return Response.page(
                    now.standing(id).stream()
                            .map(one -> json(one, request.language()))
                            .toList(),
                    Optional.empty());
        } catch (RolloutException e) {
            throw Refusals.of(e);
        }
    }

    private static Map<String, Object> json(Standing standing, Locale language) {
        Map<String, Object> json = RolloutJson.of(standing.target(), language);
        json.put("rollout", standing.rollout());
        json.put("name", standing.name());
        return json;
    }
}
