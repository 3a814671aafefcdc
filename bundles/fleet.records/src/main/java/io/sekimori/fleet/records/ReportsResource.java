package io.sekimori.fleet.records;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.ReportAnswer.Dropped;
import io.sekimori.fleet.Sign;
import io.sekimori.lasting.Lasting;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.SignedReport;
import io.sekimori.web.Accepts;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code POST /gateway/v1/reports}: the door for signed reports of gateways whose broker is away. 204 says that the report
 * is on disk, or that the console needs it no more. Thread-safe.
 */
@Component(service = Resource.class)
public final class ReportsResource implements Resource {

    private static final Route REPORT = Route.of(
                    "reportState",
                    Route.Method.POST,
                    "/gateway/v1/reports",
                    Permission.GATEWAY,
                    "Takes a signed report of what the gateway runs")
            .accepting(Accepts.json(SignedReport.MAX_BYTES))
            .answering(204, "", "It is on disk, or was before");

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    private volatile @Nullable Fleet fleetAtEnd;

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        fleetAtEnd = fleet;
    }

    @Override
    public List<Route> routes() {
        return List.of(REPORT);
    }

    @Override
    public Response handle(Request request) throws WebException {
        Fleet current = Lasting.of(fleet, fleetAtEnd); // read once: one call, one fleet
        if (current == null) {
            return Response.problem(503, WebCode.PART_ABSENT, "the fleet is not there at this moment");
        }
        // The caller's id comes from the certificate of the connection, never from the report.
        String id = ((Caller.Gateway) request.caller()).id();
        try {
            // What is signed is the canonical form, so that the text may be written anew; this is the form gateways
            // write.
            byte[] signed = JsonText.bytes(request.json().asMap());
            ReportAnswer answer = current.report(id, signed);
            if (answer instanceof Dropped dropped) {
                return refused(dropped);
            }
            current.heard(id, new Sign.Fetched());
            return Response.done();
        } catch (FleetException e) {
            throw new WebException(new Problem(503, e.code(), String.valueOf(e.getMessage())), e);
        }
    }

    /** Sending it again will not help, and a gateway that is told so goes on; only who is not believed hears why. */
    private static Response refused(Dropped dropped) {
        return switch (dropped.code()) {
            case REPORT_REPLAYED -> Response.done();
            case GATEWAY_UNKNOWN, GATEWAY_NOT_TRUSTED -> Response.problem(403, dropped.code(), dropped.detail());
            default -> Response.problem(422, dropped.code(), dropped.detail());
        };
    }
}
