package io.sekimori.authority.ca;

import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/**
 * Tells a gateway which certificate the console has let it in with. So a gateway proves a new certificate before it gives
 * up the old one. Thread-safe.
 */
@Component(service = Resource.class)
public final class CallerResource implements Resource {

    private static final Route WHO = Route.of(
                    "getOwnCertificate",
                    Method.GET,
                    "/gateway/v1/certificate",
                    Permission.GATEWAY,
                    "The gateway's id and the serial number of its certificate, as the console sees them")
            .answering(200, Accepts.JSON, "Id and serial number");

    @Override
    public List<Route> routes() {
        return List.of(WHO);
    }

    @Override
    public Response handle(Request request) {
        return Response.json(Map.of(
                "actor", request.peer().caller().actor(),
                "certificate",
                        request.peer().certificates().get(0).getSerialNumber().toString(16)));
    }
}
