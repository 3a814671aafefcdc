package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.FleetCode;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.web.Permission;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** A walk over every route of this bundle: who may do what, and that nothing is left open. */
class RoutesTest {

    private final BundleContext framework = Faked.service(
            BundleContext.class,
            (name, arguments) -> name.equals("ungetService")
                    ? true
                    : Faked.service(RouteTable.class, (method, nothing) -> routes()));
    private final OpenApiResource openApi = new OpenApiResource(Faked.service(
            BundleContext.class, (name, arguments) -> Faked.service(Bundle.class, (method, nothing) -> framework)));
    private final List<Resource> all = List.of(
            new GatewaysResource(),
            new GatewayStatusResource(),
            new GatewayUpdateResource(),
            new RolloutsResource(),
            new ApprovalsResource(),
            new ReleasesResource(),
            new AuditResource(),
            new WireResource(),
            new PackResource(),
            new SettingsResource(),
            new SettingsChangesResource(),
            new StatusResource(Faked.service(RunningGeneration.class, (name, arguments) -> 7)),
            openApi);

    @Test
    void whatChangesSomethingNeedsMoreThanLooking() {
        assertThat(routes()).allSatisfy(route -> {
            assertThat(route.permission()).as(route.name()).isNotIn(Permission.ANYONE, Permission.GATEWAY);
            if (!route.method().isSafe()) {
                assertThat(route.permission())
                        .as(route.name())
                        .isIn(Permission.OPERATE, Permission.RELEASE, Permission.ADMINISTER);
            }
        });
    }

    @Test
    void everyRouteIsUnderItsVersionAndSaysWhatItAnswers() {
        assertThat(routes()).extracting(Route::name).doesNotHaveDuplicates();
        assertThat(routes()).allSatisfy(route -> {
            assertThat(route.path()).startsWith("/v1/");
            assertThat(route.answers()).as(route.name()).isNotEmpty();
            assertThat(route.summary()).as(route.name()).isNotBlank();
        });
    }

    @Test
    void whatIsAwayIsSaidSoByEveryRoute() throws Exception {
        for (Resource resource : all) {
            for (Route route : resource.routes()) {
                assertThat(Asking.outcome(resource, Asking.request(resource, route.name())))
                        .as(route.name())
                        .isEqualTo("503 AREA_ABSENT");
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked") // a fake of a generic type
    void theDescriptionHasEveryRouteAndItsPermission() throws Exception {
        openApi.table = Faked.service(ServiceReference.class, (name, arguments) -> null);

        Response response = openApi.handle(Asking.request(openApi, "describe"));

        Map<?, ?> paths = (Map<?, ?>) Asking.json(response).get("paths");
        List<Object> operations = new ArrayList<>();
        paths.values().forEach(path -> operations.addAll(((Map<?, ?>) path).values()));
        assertThat(operations).hasSize(routes().size()).allSatisfy(operation -> {
            Map<?, ?> one = (Map<?, ?>) operation;
            assertThat(one.get("operationId")).isNotNull();
            assertThat(Set.of("VIEW", "OPERATE", "RELEASE", "ADMINISTER", "SESSION"))
                    .contains((String) one.get("x-permission"));
            assertThat(((Map<?, ?>) one.get("responses")).get("default")).isNotNull();
        });
    }

    @Test
    @SuppressWarnings("unchecked") // a fake of a generic type
    void theTableHasEveryRouteAndItsPermission() throws Exception {
        openApi.table = Faked.service(ServiceReference.class, (name, arguments) -> null);

        Response response = openApi.handle(Asking.request(openApi, "listRoutes"));

        assertThat((List<?>) Asking.json(response).get("items"))
                .hasSize(routes().size())
                .allSatisfy(line -> {
                    Map<?, ?> one = (Map<?, ?>) line;
                    Route route = routes().stream()
                            .filter(other -> other.name().equals(one.get("name")))
                            .findFirst()
                            .orElseThrow();
                    assertThat(one.get("permission"))
                            .isEqualTo(route.permission().name());
                    assertThat(one.get("path")).isEqualTo(route.path());
                });
    }

    @Test
    void anAnswerOfTheWireSaysWhetherItIsProved() throws Exception {
        WireResource wire = new WireResource();
        wire.courier = Faked.service(
                Courier.class,
                (name, arguments) -> CompletableFuture.completedFuture(
                        new Delivery.Unproved(200, Map.of("a", 1), new Courier.Body("<bundles/>".getBytes()))));
        var request = Asking.request(wire, "askGateway")
                .at("id", "g-a")
                .at("application", "DEPLOY-V2")
                .at("resource", "bundles");

        assertThat(Asking.json(wire.handle(request)).get("proved")).isEqualTo(false);
        wire.courier = Faked.service(
                Courier.class,
                (name, arguments) -> CompletableFuture.completedFuture(
                        new Delivery.Unanswered(FleetCode.NO_ANSWER, "nothing within 10 s")));
        assertThat(Asking.outcome(wire, request)).isEqualTo("504 NO_ANSWER");
    }

    private List<Route> routes() {
        return all.stream().flatMap(resource -> resource.routes().stream()).toList();
    }
}
