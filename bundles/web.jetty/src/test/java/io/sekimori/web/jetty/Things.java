package io.sekimori.web.jetty;

import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.EventSource;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.Tag;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A resource with a route of each kind. */
final class Things implements Resource {

    private static final String OCTETS = "application/octet-stream";

    private final Path file;
    private final EventSource source;

    Things() {
        this(Path.of("/nowhere"), (sink, last) -> () -> {});
    }

    Things(Path file, EventSource source) {
        this.file = file;
        this.source = source;
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Permission permission : Permission.values()) {
            String word = permission.name().toLowerCase(java.util.Locale.ROOT);
            routes.add(Route.of("get" + permission.name(), Method.GET, "/things/" + word, permission, "Looks"));
            routes.add(Route.of("post" + permission.name(), Method.POST, "/things/" + word, permission, "Changes")
                    .accepting(Accepts.json(1_000)));
        }
        routes.add(Route.of("show", Method.GET, "/echo/{id}", Permission.ANYONE, "Shows")
                .with("q", "Anything"));
        routes.add(Route.of("rest", Method.GET, "/rest/{more...}", Permission.ANYONE, "Shows"));
        routes.add(Route.of("store", Method.PUT, "/store", Permission.ANYONE, "Stores")
                .accepting(Accepts.stream(OCTETS, 10_000)));
        routes.add(Route.of("file", Method.GET, "/file", Permission.ANYONE, "A file"));
        routes.add(Route.of("broken", Method.GET, "/broken", Permission.ANYONE, "Breaks off"));
        routes.add(Route.of("fails", Method.GET, "/fails", Permission.ANYONE, "Fails"));
        routes.add(Route.of("events", Method.GET, "/events", Permission.ANYONE, "Events"));
        routes.add(Route.of("events", Method.GET, "/secrets/events", Permission.ADMINISTER, "Events"));
        routes.add(Route.of("edit", Method.PUT, "/edit", Permission.ANYONE, "Edits")
                .accepting(Accepts.json()));
        return routes;
    }

    @Override
    public Response handle(Request request) throws WebException, IOException {
        return switch (request.route().name()) {
            case "show" ->
                Response.json(Map.of(
                        "id", request.path("id"),
                        "q", request.query("q").orElse(""),
                        "caller", request.caller().actor()));
            case "rest" -> Response.json(Map.of("more", request.path("more")));
            case "store" -> Response.json(Map.of("bytes", (long) request.bytes().length));
            case "file" -> Response.of(200, new Body.Stored(OCTETS, file, "v1"));
            case "broken" ->
                Response.of(200, new Body.Streamed(OCTETS, -1, out -> {
                    out.write(new byte[100_000]);
                    out.flush();
                    throw new IOException("the disk is gone");
                }));
            case "fails" -> throw new IllegalStateException("a secret detail");
            case "events" -> Response.of(200, new Body.Events(source));
            case "edit" ->
                Response.json(Map.of("version", Tag.number(request))).tagged(String.valueOf(Tag.number(request) + 1));
            default -> Response.json(Map.of("caller", request.caller().actor()));
        };
    }
}
