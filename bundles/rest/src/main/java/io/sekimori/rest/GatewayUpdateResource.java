package io.sekimori.rest;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.web.Accepts;
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
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code GET /v1/gateways/{id}/update}: what a gateway was assigned and does not run yet, which risks that removes and what it
 * interrupts (EN 303 645, 5.3-11 and 5.3-12), and whether it is held back. Thread-safe.
 */
@Component(service = Resource.class)
public final class GatewayUpdateResource implements Resource {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Director director;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Releases releases;

    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Director directorAtEnd;
    private volatile @Nullable Releases releasesAtEnd;

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        fleetAtEnd = fleet;
        directorAtEnd = director;
        releasesAtEnd = releases;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                        "getGatewayUpdate",
                        Method.GET,
                        "/v1/gateways/{id}/update",
                        Permission.VIEW,
                        "What a gateway is to run and does not yet, which risks that removes, what it interrupts")
                .answering(
                        200,
                        Accepts.JSON,
                        "The update; without members if it runs what it was assigned. held: why that is held back"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Fleet known = Refusals.present(fleet, fleetAtEnd, "the fleet");
        Director assigning = Refusals.present(director, directorAtEnd, "the director");
        Releases released = Refusals.present(releases, releasesAtEnd, "the release repository");
        String id = request.path("id");
        try {
            Gateway gateway = known.get(id).orElseThrow(() -> Refusals.unknown("there is no gateway " + id));
            String device = gateway.deviceKey().orElse("");
            Optional<CurrentAssignment> current = assigning.current(device);
            Optional<AssignedBundles> assigned = current.flatMap(AssignedBundles::of);
            Optional<AwaitedUpdate> awaited = assigned.isPresent()
                    ? AwaitedUpdate.of(assigned.get(), gateway.report(), released.releases())
                    : Optional.empty();
            Map<String, Object> json =
                    new TreeMap<>(awaited.map(AwaitedUpdate::json).orElse(Map.of()));
            assigning.held(device).ifPresent(held -> json.put("held", HeldJson.of(held, request.language())));
            return Response.json(json);
        } catch (FleetException e) {
            throw Refusals.of(e);
        } catch (ReleasesException e) {
            throw Refusals.failed("the release repository does not answer", e);
        }
    }
}
