package io.sekimori.rest;

import io.sekimori.insight.Insight;
import io.sekimori.insight.InsightException;
import io.sekimori.insight.KeptStatus;
import io.sekimori.lasting.Lasting;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/gateways/{id}/status}: what a gateway proved of itself, and when. It is how the gateway was at {@code at}; one
 * that is silent is not known to be so any more. Thread-safe.
 */
@Component(service = Resource.class)
public final class GatewayStatusResource implements Resource {

    private static final String STATUS = "/v1/gateways/{id}/status";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Insight insight;

    private volatile @Nullable Insight insightAtEnd;

    private final Ticker ticker = new Ticker();

    /** Ends the streams. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        insightAtEnd = insight;
        ticker.close();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                                "getGatewayStatus",
                                Method.GET,
                                STATUS,
                                Permission.VIEW,
                                "What a gateway last said of itself, with when it looked and when that came")
                        .answering(200, Accepts.JSON, "The status"),
                Route.of(
                                "listGatewayStatuses",
                                Method.GET,
                                STATUS + "/history",
                                Permission.VIEW,
                                "What a gateway said of itself, the newest first")
                        .paged()
                        .answering(200, Accepts.JSON, "A page"),
                Route.of(
                                "watchGatewayStatus",
                                Method.GET,
                                STATUS + "/events",
                                Permission.VIEW,
                                "Tells when a status came")
                        .answering(200, "text/event-stream", "status.changed, whenever a new one has come"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Insight now = Refusals.present(insight, insightAtEnd, "the insight");
        String id = request.path("id");
        try {
            return switch (request.route().name()) {
                case "getGatewayStatus" -> Response.json(json(known(now, id)));
                case "listGatewayStatuses" -> list(now, id, request);
                default -> watch(known(now, id).gateway());
            };
        } catch (InsightException e) {
            throw Refusals.of(e);
        }
    }

    private static KeptStatus known(Insight insight, String id) throws WebException, InsightException {
        return insight.latest(id).orElseThrow(() -> Refusals.unknown("gateway " + id + " never sent a status"));
    }

    private Response watch(String id) {
        return Response.of(200, new Body.Events(ticker.watching("status.changed", () -> newest(id))));
    }

    private static Response list(Insight insight, String id, Request request) throws WebException, InsightException {
        Page part = Page.of(request);
        List<KeptStatus> found = insight.history(id, key(part.after()), part.limit());
        return Response.page(
                found.stream().map(GatewayStatusResource::json).toList(),
                found.size() < part.limit()
                        ? Optional.empty()
                        : Optional.of(Long.toString(found.get(found.size() - 1).sequence())));
    }

    private static OptionalLong key(String after) throws WebException {
        if (after.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!after.matches("[0-9]{1,18}")) {
            throw Refusals.invalid("after is the key of a page");
        }
        return OptionalLong.of(Long.parseLong(after));
    }

    private Optional<Long> newest(String id) {
        Insight now = Lasting.of(insight, insightAtEnd);
        if (now == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(now.latest(id).map(KeptStatus::sequence).orElse(0L));
        } catch (InsightException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> json(KeptStatus status) {
        Map<String, Object> json = new TreeMap<>(status.members());
        json.put("at", status.at().toString());
        json.put("received", status.received().toString());
        json.put("sequence", status.sequence());
        return json;
    }
}
