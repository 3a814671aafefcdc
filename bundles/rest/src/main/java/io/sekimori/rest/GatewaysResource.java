package io.sekimori.rest;

import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Registration;
import io.sekimori.lasting.Lasting;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Fields;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.Tag;
import io.sekimori.web.WebException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code /v1/gateways}: who there is, what they proved to run, and where they stand in life. Thread-safe. */
@Component(service = Resource.class)
public final class GatewaysResource implements Resource {

    private static final List<String> CONDITIONS =
            List.of("model", "serial", "life", "connected", "bundle", "version", "label");
    private static final String ONE = "/v1/gateways/{id}";
    private static final String JSON = Accepts.JSON;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    private volatile @Nullable Fleet fleetAtEnd;

    private final Ticker ticker = new Ticker();

    /** Begins to look for changes once somebody listens. */
    @Activate
    public GatewaysResource() {}

    /** Those who listen are cut off, and come back to the next version. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        fleetAtEnd = fleet;
        ticker.close();
    }

    @Override
    public List<Route> routes() {
        Route list = Route.of("listGateways", Method.GET, "/v1/gateways", Permission.VIEW, "Gateways by serial number")
                .paged()
                .answering(200, JSON, "A page");
        for (String condition : CONDITIONS) {
            list = list.with(condition, "Only those with this " + condition);
        }
        return List.of(
                list,
                Route.of("registerGateway", Method.POST, "/v1/gateways", Permission.OPERATE, "Registers a gateway")
                        .accepting(Accepts.json())
                        .answering(201, JSON, "The gateway, and its activation file, which is shown once"),
                Route.of("getGateway", Method.GET, ONE, Permission.VIEW, "One gateway")
                        .answering(200, JSON, "The gateway"),
                Route.of("watchGateway", Method.GET, ONE + "/events", Permission.VIEW, "Tells when a gateway changed")
                        .answering(
                                200, "text/event-stream", "gateway.changed, whenever it looks otherwise than before"),
                Route.of(
                                "activateGateway",
                                Method.POST,
                                ONE + "/activation",
                                Permission.OPERATE,
                                "A new activation file")
                        .answering(201, JSON, "The gateway, and its activation file, which is shown once"),
                Route.of("labelGateway", Method.PUT, ONE + "/labels", Permission.OPERATE, "Puts labels on a gateway")
                        .accepting(Accepts.json())
                        .answering(200, JSON, "The gateway"),
                Route.of("moveGateway", Method.PUT, ONE + "/life", Permission.OPERATE, "Moves a gateway in the ledger")
                        .accepting(Accepts.json())
                        .answering(200, JSON, "The gateway"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        Fleet now = Refusals.present(fleet, fleetAtEnd, "the fleet");
        try {
            return switch (request.route().name()) {
                case "listGateways" -> list(now, request);
                case "registerGateway" -> register(now, request);
                case "getGateway" -> one(now, request);
                case "watchGateway" -> watch(now, request);
                case "activateGateway" -> answer(now.activation(request.path("id"), Actors.of(request)));
                case "labelGateway" -> label(now, request);
                default -> move(now, request);
            };
        } catch (FleetException e) {
            throw Refusals.of(e);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Response list(Fleet fleet, Request request) throws WebException, FleetException {
        Map<String, String> conditions = new TreeMap<>();
        for (String name : CONDITIONS) {
            Optional<String> value = request.query(name);
            value.ifPresent(text -> conditions.put(name, text));
        }
        Page part = Page.of(request);
        io.sekimori.fleet.Page page = fleet.page(
                Filter.of(conditions), Optional.of(part.after()).filter(key -> !key.isEmpty()), part.limit());
        return Response.page(page.gateways().stream().map(GatewayJson::summary).toList(), page.next());
    }

    private static Response register(Fleet fleet, Request request) throws WebException, FleetException {
        Fields json = request.json();
        json.allow("serial", "model", "labels");
        List<String> labels = json.has("labels") ? json.texts("labels") : List.of();
        return answer(fleet.register(
                new Registration(json.text("serial"), json.text("model"), new HashSet<>(labels)), Actors.of(request)));
    }

    private static Response one(Fleet fleet, Request request) throws WebException, FleetException {
        Gateway gateway = fleet.get(request.path("id"))
                .orElseThrow(() -> Refusals.unknown("there is no gateway " + request.path("id")));
        return shown(gateway);
    }

    private Response watch(Fleet fleet, Request request) throws WebException, FleetException {
        one(fleet, request);
        String id = request.path("id");
        return Response.of(200, new Body.Events(ticker.watching("gateway.changed", () -> look(id))));
    }

    /** Empty while it cannot be told, as during a swap. */
    private Optional<Gateway> look(String id) {
        Fleet current = Lasting.of(fleet, fleetAtEnd);
        try {
            return current == null ? Optional.empty() : current.get(id);
        } catch (FleetException e) {
            return Optional.empty();
        }
    }

    private static Response label(Fleet fleet, Request request) throws WebException, FleetException {
        request.json().allow("labels");
        return answer(fleet.label(
                request.path("id"), new HashSet<>(request.json().texts("labels")), seen(request), Actors.of(request)));
    }

    private static Response move(Fleet fleet, Request request) throws WebException, FleetException {
        request.json().allow("life");
        Life life = Life.valueOf(request.json().text("life"));
        return answer(fleet.move(request.path("id"), life, seen(request), Actors.of(request)));
    }

    private static Response answer(FleetAnswer answer) throws WebException {
        if (answer instanceof FleetAnswer.Refused refused) {
            throw Refusals.of(refused);
        }
        if (answer instanceof FleetAnswer.Changed changed) {
            return shown(changed.gateway());
        }
        FleetAnswer.Registered registered = (FleetAnswer.Registered) answer;
        try (var activation = registered.activation()) {
            Map<String, Object> json = GatewayJson.whole(registered.gateway());
            json.put("activation", new String(activation.utf8(), StandardCharsets.UTF_8));
            return Response.created("/v1/gateways/" + registered.gateway().id(), json)
                    .with("Cache-Control", "no-store");
        }
    }

    private static Response shown(Gateway gateway) {
        return Response.json(GatewayJson.whole(gateway)).tagged(Long.toString(gateway.revision()));
    }

    private static OptionalLong seen(Request request) throws WebException {
        return OptionalLong.of(Tag.number(request));
    }
}
