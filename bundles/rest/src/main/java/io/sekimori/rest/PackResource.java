package io.sekimori.rest;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.releases.PackAnswer;
import io.sekimori.releases.Packs;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.TrustCode;
import io.sekimori.web.Body;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code POST /v1/gateways/{id}/pack}: what a gateway is to run, in one file for a stick. Thread-safe. */
@Component(service = Resource.class)
public final class PackResource implements Resource {

    private static final String ZIP = "application/zip";
    private static final Set<Life> SERVED = Set.of(Life.PROVISIONED, Life.ACTIVATED);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Packs packs;

    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Packs packsAtEnd;

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        fleetAtEnd = fleet;
        packsAtEnd = packs;
    }

    @Override
    public List<Route> routes() {
        // Not a GET: the assignment is signed anew if it would not last.
        return List.of(Route.of(
                        "makePack",
                        Method.POST,
                        "/v1/gateways/{id}/pack",
                        Permission.OPERATE,
                        "What a gateway is to run, in one file for a stick")
                .answering(200, ZIP, "The pack, as it is made"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Fleet known = Refusals.present(fleet, fleetAtEnd, "the fleet");
        Packs now = Refusals.present(packs, packsAtEnd, "the release repository");
        try {
            Gateway gateway = known.get(request.path("id"))
                    .orElseThrow(() -> Refusals.unknown("there is no gateway " + request.path("id")));
            PackAnswer answer = now.of(device(gateway), Actors.of(request));
            if (answer instanceof PackAnswer.Refused refused) {
                throw new WebException(
                        new Problem(409, code(refused), refused.detail(), Map.of("refusal", refused.code())));
            }
            return sent(gateway, (PackAnswer.Ready) answer);
        } catch (FleetException e) {
            throw Refusals.of(e);
        } catch (ReleasesException e) {
            throw Refusals.failed("the release repository does not answer", e);
        }
    }

    private static RestCode code(PackAnswer.Refused refused) {
        return refused.code().equals(TrustCode.BELOW_FLOOR.name()) ? RestCode.PACK_BELOW_FLOOR : RestCode.PACK_REFUSED;
    }

    /** Who is held, lost or out of service gets nothing, here as over the network. */
    private static String device(Gateway gateway) throws WebException {
        if (!SERVED.contains(gateway.life())) {
            throw new WebException(new Problem(409, FleetCode.GATEWAY_NOT_TRUSTED, "it is " + gateway.life()));
        }
        return gateway.deviceKey()
                .orElseThrow(() -> new WebException(
                        new Problem(409, RestCode.PACK_REFUSED, "it has no key yet, so nothing is assigned to it")));
    }

    private static Response sent(Gateway gateway, PackAnswer.Ready ready) {
        Body body = new Body.Streamed(ZIP, -1, out -> ready.content().write(out));
        return Response.of(200, body)
                .with(
                        "Content-Disposition",
                        "attachment; filename=\"" + gateway.id() + "-" + ready.version() + ".zip\"")
                .with("Cache-Control", "no-store")
                // For who shows progress: how long the whole is follows only at its end.
                .with("Sekimori-File-Bytes", Long.toString(ready.fileBytes()))
                .with("Sekimori-Assignment", Long.toString(ready.version()))
                .with("Sekimori-Expires", ready.expires().toString());
    }
}
