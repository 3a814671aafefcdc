package io.sekimori.rest;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.releases.Director;
import io.sekimori.releases.ReleasesException;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebException;
import java.security.SecureRandom;
import java.util.Base64;
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
 * {@code POST /v1/gateways/{id}/report}: has a gateway prove now what it runs. Believed is a report that its device key
 * signed, that is later than every one before, and that repeats a number made for this question. Thread-safe.
 */
@Component(service = Resource.class)
public final class ReportResource implements Resource {

    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Director director;

    private volatile @Nullable Courier courierAtEnd;
    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Director directorAtEnd;

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        courierAtEnd = courier;
        fleetAtEnd = fleet;
        directorAtEnd = director;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.of(
                        "askReport",
                        Method.POST,
                        "/v1/gateways/{id}/report",
                        Permission.OPERATE,
                        "Has a gateway prove now what it runs, and says how that compares with what it was assigned")
                .answering(200, Accepts.JSON, "The verdict, and the gateway as it proved itself just now"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Courier link = Refusals.present(courier, courierAtEnd, "the link to the broker");
        Fleet known = Refusals.present(fleet, fleetAtEnd, "the fleet");
        String id = request.path("id");
        String nonce = nonce();
        Delivery delivery = Question.ask(link, id, "SEKIMORI-V1", List.of("report"), Map.of("nonce", nonce));
        if (!(delivery instanceof Answered answered)) {
            throw unusable(504, "the gateway proves nothing; it is none of Sekimori's");
        }
        if (answered.code() != 200) {
            throw unusable(
                    502,
                    "the gateway answers " + answered.code() + " "
                            + answered.metrics().getOrDefault("response.reason", ""));
        }
        try {
            return shown(known.report(id, answered.body().bytes()), nonce);
        } catch (FleetException e) {
            throw Refusals.of(e);
        }
    }

    private Response shown(ReportAnswer answer, String nonce) throws WebException {
        if (answer instanceof ReportAnswer.Dropped dropped) {
            throw new WebException(new Problem(502, dropped.code(), dropped.detail()));
        }
        // One that is known was signed before this question, as was one with another nonce.
        if (!(answer instanceof ReportAnswer.Accepted accepted)
                || !accepted.report().nonce().equals(nonce)) {
            throw new WebException(
                    new Problem(502, RestCode.REPORT_STALE, "it is signed, and does not answer this question"));
        }
        Map<String, Object> json = new TreeMap<>();
        json.put(
                "verdict",
                ProofVerdict.of(accepted.report(), assigned(accepted.gateway())).name());
        json.put("gateway", GatewayJson.whole(accepted.gateway()));
        return Response.json(json);
    }

    private Optional<AssignedBundles> assigned(Gateway gateway) throws WebException {
        Director now = Refusals.present(director, directorAtEnd, "the director");
        String device = gateway.deviceKey().orElseThrow(); // a report of one without a key is not accepted
        try {
            return now.current(device).flatMap(AssignedBundles::of);
        } catch (ReleasesException e) {
            throw Refusals.failed("the assignment cannot be read", e);
        }
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static WebException unusable(int status, String detail) {
        return new WebException(new Problem(status, RestCode.ANSWER_UNUSABLE, detail));
    }
}
