package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.lasting.Lasting;
import io.sekimori.releases.Approvals;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.releases.Director;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.trust.ApprovalDemand;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/rollouts/{id}/approvals}: what people have to approve before the gateways of a rollout take it, and what they
 * approved. The signatures are made elsewhere, with keys that this console does not have; the gateways judge them.
 * Thread-safe.
 */
@Component(service = Resource.class)
public final class ApprovalsResource implements Resource {

    private static final String PATH = "/v1/rollouts/{id}/approvals";

    /** Read here to the byte, as it was signed. */
    private static final String BYTES = "application/octet-stream";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Rollouts rollouts;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Approvals approvals;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Director director;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    private final Demands demands = new Demands();
    private final Clock clock;

    private volatile @Nullable Rollouts rolloutsAtEnd;
    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Approvals approvalsAtEnd;
    private volatile @Nullable Director directorAtEnd;
    private volatile @Nullable Courier courierAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public ApprovalsResource() {
        this(Clock.systemUTC());
    }

    ApprovalsResource(Clock clock) {
        this.clock = clock;
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        rolloutsAtEnd = rollouts;
        fleetAtEnd = fleet;
        approvalsAtEnd = approvals;
        directorAtEnd = director;
        courierAtEnd = courier;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of("getApprovals", Method.GET, PATH, Permission.VIEW, "What people approve, and who did")
                        .answering(200, Accepts.JSON, "Each content that its waiting gateways are assigned"),
                Route.of("offerApprovals", Method.POST, PATH, Permission.OPERATE, "Hands approvals in, or withdrawals")
                        .accepting(Accepts.stream(BYTES, io.sekimori.trust.Approvals.MAX_BYTES))
                        .answering(200, Accepts.JSON, "Whether any of them is new here"));
    }

    @Override
    public Response handle(Request request) throws WebException, IOException {
        Approvals now = Refusals.present(approvals, approvalsAtEnd, "the approvals");
        Fleet known = Refusals.present(fleet, fleetAtEnd, "the fleet");
        WaitingGateways waiting = new WaitingGateways(Refusals.present(rollouts, rolloutsAtEnd, "the rollouts"), known);
        try {
            WaitingGateways.Found found = waiting.of(request.path("id"));
            List<Gateway> gateways = found.gateways();
            List<String> devices = WaitingGateways.devices(gateways);
            return request.route().name().equals("getApprovals")
                    ? shown(now.contents(devices), found, known)
                    : offer(now, request, now.awaited(devices), gateways);
        } catch (RolloutException e) {
            throw Refusals.of(e);
        } catch (FleetException e) {
            throw Refusals.of(e);
        } catch (ReleasesException e) {
            if (e.code().isPresent()) {
                throw new WebException(
                        new Problem(
                                422,
                                RestCode.APPROVALS_REFUSED,
                                String.valueOf(e.getMessage()),
                                Map.of("refusal", e.code().get().name())),
                        e);
            }
            throw Refusals.failed("the approvals cannot be used now", e);
        }
    }

    private Response offer(Approvals approvals, Request request, Set<String> awaited, List<Gateway> gateways)
            throws WebException, IOException, ReleasesException {
        ImportAnswer answer = approvals.offer(request.bytes(), awaited, Actors.of(request));
        if (answer instanceof ImportAnswer.Refused refused) {
            throw new WebException(
                    new Problem(422, RestCode.APPROVALS_REFUSED, refused.detail(), Map.of("refusal", refused.code())));
        }
        Courier link = Lasting.of(courier, courierAtEnd);
        Director known = Lasting.of(director, directorAtEnd);
        if (link != null && known != null) {
            WaitingGateways.remind(gateways, known, link); // who is not reached asks by itself
        }
        return Response.json(Map.of("changed", ((ImportAnswer.Taken) answer).changed()));
    }

    private Response shown(List<AwaitedContent> contents, WaitingGateways.Found found, Fleet known)
            throws FleetException {
        Map<String, Gateway> byDevice = new HashMap<>();
        found.gateways().forEach(gateway -> byDevice.put(gateway.deviceKey().orElseThrow(), gateway));
        Map<String, Optional<ApprovalDemand>> demanded = demands.of(known, found.gateways());
        Instant now = clock.instant();
        List<Map<String, Object>> json = new ArrayList<>();
        for (AwaitedContent content : contents) {
            Map<String, Object> one = json(content, Awaiting.json(content, byDevice, demanded, now));
            // The console's word alone: what is signed is the content, also where this goes out as the file to be
            // signed.
            one.put(
                    "unsignedDifference",
                    Difference.of(content, byDevice, known, now).json());
            json.add(one);
        }
        return Response.json(Map.of("format", 1, "waiting", found.all(), "contents", json));
    }

    private static Map<String, Object> json(AwaitedContent content, List<Map<String, Object>> awaiting) {
        Map<String, Object> json = new TreeMap<>();
        json.put("awaiting", awaiting);
        json.put("sha256", content.sha256());
        json.put("content", content.document());
        json.put("gateways", content.devices().size());
        json.put("devices", content.devices());
        json.put(
                "approvals",
                content.approvals().stream()
                        .map(given -> Map.of(
                                "keyIds", given.keyIds(),
                                "withdrawn", given.withdrawn(),
                                "gateways", given.devices().size(),
                                "issued", given.issued().toString(),
                                "expires", given.expires().toString(),
                                "received", given.received().toString(),
                                "by", Actors.name(given.actor())))
                        .toList());
        return json;
    }
}
