package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Life;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code /v1/status}: how the console stands. Thread-safe. */
@Component(service = Resource.class)
public final class StatusResource implements Resource {

    private static final List<Route> ROUTES = List.of(
            Route.of("getStatus", Method.GET, "/v1/status", Permission.VIEW, "How the console stands")
                    .answering(
                            200, Accepts.JSON, "Gateways by life, the silent ones, the link, the generation that runs"),
            Route.of("watchStatus", Method.GET, "/v1/status/events", Permission.VIEW, "Tells when that changed")
                    .answering(200, "text/event-stream", "status.changed, whenever it looks otherwise than before"));

    /** Those that should be heard and are not. */
    private static final Filter SILENT = Filter.of(Map.of("life", Life.ACTIVATED.name(), "connected", "false"));

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Courier courierAtEnd;

    private final RunningGeneration generation;
    private final Ticker ticker = new Ticker();

    /** Called by Declarative Services. */
    @Activate
    public StatusResource(@Reference RunningGeneration generation) {
        this.generation = generation;
    }

    /** Those who listen are cut off, and come back to the next version. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        fleetAtEnd = fleet;
        courierAtEnd = courier;
        ticker.close();
    }

    @Override
    public List<Route> routes() {
        return ROUTES;
    }

    @Override
    public Response handle(Request request) throws WebException {
        Fleet current = Refusals.present(fleet, fleetAtEnd, "the fleet");
        if (request.route().name().equals("watchStatus")) {
            return Response.of(200, new Body.Events(ticker.watching("status.changed", this::look)));
        }
        try {
            return Response.json(status(current));
        } catch (FleetException e) {
            throw Refusals.of(e);
        }
    }

    /** Empty while it cannot be told, as during a swap. */
    private Optional<Map<String, Object>> look() {
        Fleet current = Lasting.of(fleet, fleetAtEnd);
        if (current == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(status(current));
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> status(Fleet current) throws FleetException {
        Courier link = Lasting.of(courier, courierAtEnd);
        Map<String, Object> json = new TreeMap<>();
        json.put("generation", generation.number());
        json.put("link", link != null && link.connected());
        json.put("gateways", current.count(Filter.ALL));
        json.put("silent", current.count(SILENT));
        json.put("connected", current.count(Filter.of(Map.of("connected", "true"))));
        Map<String, Object> lives = new TreeMap<>();
        for (Life life : Life.values()) {
            lives.put(life.name(), current.count(Filter.of(Map.of("life", life.name()))));
        }
        json.put("lives", lives);
        return json;
    }
}
