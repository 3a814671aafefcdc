package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.web.Permission;
import io.sekimori.web.Route;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks the table of routes: each is open to those of its permission and to nobody else. */
class AuthorisationTest {

    private static final Map<Role, Set<Permission>> MAY = may();

    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = Site.with(new Things(), new SessionResource(), new PeopleResource());
    }

    @AfterEach
    void close() {
        site.close();
    }

    private static Map<Role, Set<Permission>> may() {
        Map<Role, Set<Permission>> may = new EnumMap<>(Role.class);
        may.put(Role.VIEWER, EnumSet.of(Permission.ANYONE, Permission.SESSION, Permission.VIEW));
        may.put(Role.OPERATOR, EnumSet.of(Permission.ANYONE, Permission.SESSION, Permission.VIEW, Permission.OPERATE));
        may.put(
                Role.RELEASE_MANAGER,
                EnumSet.of(Permission.ANYONE, Permission.SESSION, Permission.VIEW, Permission.RELEASE));
        may.put(Role.ADMINISTRATOR, EnumSet.complementOf(EnumSet.of(Permission.GATEWAY)));
        return may;
    }

    /** All but those whose answers never end or break off. */
    private List<Route> routes() {
        return site.web().routes().stream()
                .filter(route ->
                        !Set.of("/events", "/secrets/events", "/broken").contains(route.path()))
                .toList();
    }

    @Test
    void nobodyGetsPastWithoutProof() throws Exception {
        for (Route route : routes()) {
            int status = site.send(ask(route, site.to(concrete(route)))).statusCode();

            assertRefused(route, route.permission() == Permission.ANYONE, status, 401, 403);
        }
    }

    @Test
    void eachRoleGetsPastWhereItMay() throws Exception {
        for (Role role : Role.values()) {
            String token = site.signedIn(role);
            for (Route route : routes()) {
                if (!route.name().equals("signOut")) {
                    int status = site.send(ask(route, site.to(concrete(route), token)))
                            .statusCode();

                    assertRefused(route, MAY.get(role).contains(route.permission()), status, 403, 403);
                }
            }
        }
    }

    @Test
    void whoMustChangeThePasswordCanDoNothingElse() throws Exception {
        String token = site.signedIn(Person.State.PASSWORD_MUST_CHANGE, Role.ADMINISTRATOR);

        for (Route route : routes()) {
            boolean open = route.permission() == Permission.SESSION || route.permission() == Permission.ANYONE;
            if (!route.name().equals("signOut")) {
                HttpResponse<String> answer = site.send(ask(route, site.to(concrete(route), token)));

                assertRefused(route, open, answer.statusCode(), 403, 403);
                if (!open && route.permission() != Permission.GATEWAY) {
                    assertThat(answer.body()).contains("PASSWORD_MUST_CHANGE");
                }
            }
        }
    }

    @Test
    void aGatewayGetsToItsOwnAddressesAndNowhereElse() throws Exception {
        for (Route route : routes()) {
            int status = site.send(Site.GATEWAY, ask(route, site.to(concrete(route))))
                    .statusCode();
            boolean open = route.permission() == Permission.GATEWAY || route.permission() == Permission.ANYONE;

            assertRefused(route, open, status, 401, 403);
        }
        assertThat(site.send(Site.GATEWAY, site.to("/things/gateway")).body()).contains("gateway:g-aaaaaaaaaaaa");
        assertThat(site.send(Site.REVOKED, site.to("/things/gateway")).body()).contains("CERTIFICATE_REFUSED");
        site.web().certificates = null;
        assertThat(site.send(Site.GATEWAY, site.to("/things/gateway")).statusCode())
                .isEqualTo(503);
    }

    @Test
    void withoutAccessControlNobodyIsAnybody() throws Exception {
        String token = site.signedIn(Role.ADMINISTRATOR);
        site.web().access = null;

        assertThat(site.send(site.to("/things/view", token)).statusCode()).isEqualTo(503);
        assertThat(site.send(site.to("/things/anyone", token)).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotInTheTableIsNotThere() throws Exception {
        String token = site.signedIn(Role.ADMINISTRATOR);

        assertThat(site.send(site.to("/v1/nothing", token)).statusCode()).isEqualTo(404);
        HttpResponse<String> wrongMethod =
                site.send(site.to("/v1/people", token).PUT(BodyPublishers.ofString("{}")));
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(site.send(site.to("/v1/people", token).method("TRACE", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }

    private static void assertRefused(Route route, boolean open, int status, int... refusals) {
        if (open) {
            assertThat(status).as(route.method() + " " + route.path()).isNotIn(401, 403);
        } else {
            assertThat(refusals).as(route.method() + " " + route.path()).contains(status);
        }
    }

    private static String concrete(Route route) {
        return route.path().replaceAll("\\{[a-zA-Z0-9.]+\\}", "bob");
    }

    private static HttpRequest.Builder ask(Route route, HttpRequest.Builder request) {
        boolean body = !route.accepts().mediaType().isEmpty();
        if (body) {
            request.header("Content-Type", route.accepts().mediaType());
        }
        return request.method(route.method().name(), body ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    }
}
