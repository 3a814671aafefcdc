package io.sekimori.rest;

import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.RouteTable;
import io.sekimori.web.WebException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/openapi.json}: the routes under {@code /v1} that are in force, as OpenAPI 3.1 has them. Made from the table
 * that decides who may do what, so that it cannot say anything else. Thread-safe.
 */
@Component(service = Resource.class)
public final class OpenApiResource implements Resource {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z0-9]+)(\\.\\.\\.)?}");
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private final BundleContext context;

    // A reference and not the service: who serves the table gets its resources first, and this is one of them.
    @Reference(
            service = RouteTable.class,
            cardinality = ReferenceCardinality.OPTIONAL,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ServiceReference<RouteTable> table;

    private volatile @Nullable ServiceReference<RouteTable> tableAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public OpenApiResource(BundleContext own) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        this.context = own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        tableAtEnd = table;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.of(
                                "describe",
                                Method.GET,
                                "/v1/openapi.json",
                                Permission.SESSION,
                                "This description, OpenAPI 3.1")
                        .answering(200, Accepts.JSON, "The description"),
                Route.of(
                                "listRoutes",
                                Method.GET,
                                "/v1/routes",
                                Permission.VIEW,
                                "Who may do what: every route in force, also those beside /v1")
                        .answering(200, Accepts.JSON, "The table"));
    }

    @Override
    public Response handle(Request request) throws WebException {
        if (request.route().name().equals("listRoutes")) {
            return Response.page(
                    routesInForce().stream().map(OpenApiResource::line).toList(), Optional.empty());
        }
        return described();
    }

    private static Map<String, Object> line(Route route) {
        return Map.of(
                "name", route.name(),
                "method", route.method().name(),
                "path", route.path(),
                "permission", route.permission().name(),
                "accepts", route.accepts().mediaType());
    }

    private Response described() throws WebException {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Route route : routesInForce()) {
            if (route.path().startsWith("/v1/")) {
                paths.computeIfAbsent(PARAMETER.matcher(route.path()).replaceAll("{$1}"), path -> new TreeMap<>())
                        .put(route.method().name().toLowerCase(Locale.ROOT), operation(route));
            }
        }
        return Response.json(Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "Sekimori console", "version", "1"),
                "paths",
                paths,
                "components",
                Map.of(
                        "securitySchemes",
                        Map.of(
                                "bearer", Map.of("type", "http", "scheme", "bearer"),
                                "cookie", Map.of("type", "apiKey", "in", "cookie", "name", "__Host-sekimori")))));
    }

    private List<Route> routesInForce() throws WebException {
        ServiceReference<RouteTable> now = Refusals.present(table, tableAtEnd, "the table of routes");
        RouteTable found = Refusals.present(context.getService(now), "the table of routes");
        try {
            return found.routes();
        } finally {
            context.ungetService(now);
        }
    }

    private static Map<String, Object> operation(Route route) {
        Map<String, Object> json = new TreeMap<>();
        json.put("operationId", route.name());
        json.put("summary", route.summary());
        json.put("x-permission", route.permission().name());
        json.put("parameters", parameters(route));
        json.put("responses", responses(route));
        if (route.permission() != Permission.ANYONE) {
            json.put("security", List.of(Map.of("bearer", List.of()), Map.of("cookie", List.of())));
        }
        if (!route.accepts().equals(Accepts.NOTHING)) {
            json.put(
                    "requestBody",
                    Map.of("required", true, "content", Map.of(route.accepts().mediaType(), Map.of())));
        }
        return json;
    }

    private static List<Map<String, Object>> parameters(Route route) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (MatchResult found : PARAMETER.matcher(route.path()).results().toList()) {
            parameters.add(Map.of("name", found.group(1), "in", "path", "required", true, "schema", TEXT));
        }
        for (Route.Parameter parameter : route.query()) {
            parameters.add(Map.of(
                    "name", parameter.name(), "in", "query", "description", parameter.description(), "schema", TEXT));
        }
        return parameters;
    }

    private static Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new TreeMap<>();
        for (Route.Answer answer : route.answers()) {
            Map<String, Object> json = new TreeMap<>(Map.of("description", answer.description()));
            if (!answer.mediaType().isEmpty()) {
                json.put("content", Map.of(answer.mediaType(), Map.of()));
            }
            responses.put(Integer.toString(answer.status()), json);
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "A problem (RFC 9457) with a stable code and advice",
                        "content",
                        Map.of("application/problem+json", Map.of())));
        return responses;
    }
}
