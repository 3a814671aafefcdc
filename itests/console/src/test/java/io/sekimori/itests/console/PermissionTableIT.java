package io.sekimori.itests.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.access.Role;
import io.sekimori.trust.JsonObject;
import io.sekimori.web.Permission;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/permissions.md} against a console that runs: it has every route there is and no other, and each row is walked
 * over HTTPS by everybody. What a route answers to whom it lets in is not the matter here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionTableIT {

    /** What the door says; a resource behind it never does. */
    private static final Set<String> AT_THE_DOOR =
            Set.of("SESSION_REQUIRED", "PERMISSION_MISSING", "PASSWORD_MUST_CHANGE", "CERTIFICATE_REQUIRED");

    private static final Map<Role, Set<Permission>> MAY = Map.of(
            Role.VIEWER, EnumSet.of(Permission.SESSION, Permission.VIEW),
            Role.OPERATOR, EnumSet.of(Permission.SESSION, Permission.VIEW, Permission.OPERATE),
            Role.RELEASE_MANAGER, EnumSet.of(Permission.SESSION, Permission.VIEW, Permission.RELEASE),
            Role.ADMINISTRATOR, EnumSet.complementOf(EnumSet.of(Permission.ANYONE, Permission.GATEWAY)));

    private Terminal terminal;
    private Map<String, String> tokens;
    private Https https;
    private List<Row> page;
    private final Map<Row, String> accepts = new TreeMap<>(java.util.Comparator.comparing(Row::toString));

    @BeforeAll
    void run(@TempDir Path directory) throws Exception {
        page = Row.of(Terminal.clone("docs/permissions.md"));
        terminal = new Terminal(directory);
        int port = FreePorts.next();
        Terminal.Result made = terminal.run("sekimori console init --directory console --https 127.0.0.1:" + port);
        assertThat(made.exit()).as(made.out()).isZero();
        Path unit = directory.resolve("console").resolve("unit");
        tokens = PlantedPeople.in(unit);
        https = new Https(
                URI.create("https://127.0.0.1:" + port),
                unit.resolve("data").resolve("io.sekimori.authority.ca").resolve("ca.pem"));
        Terminal.Running console = terminal.begin("sekimori console run --directory console --no-broker");
        Terminal.await("the console answers", () -> {
            assertThat(console.process().isAlive()).as(console.said()).isTrue();
            return console.said().contains("The console answers at");
        });
        for (JsonObject route :
                https.json("/v1/routes", tokens.get("administrator")).objects("items")) {
            accepts.put(
                    new Row(
                            route.string("method"),
                            route.string("path"),
                            Permission.valueOf(route.string("permission"))),
                    route.string("accepts"));
        }
    }

    @AfterAll
    void stop() {
        terminal.close();
    }

    @Test
    void thePageHasEveryRouteThatExistsAndNoOther() {
        assertThat(page).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(accepts.keySet());
    }

    @Test
    void eachRoleGetsWhereItMayAndNowhereElse() throws Exception {
        for (Role role : Role.values()) {
            walk(PlantedPeople.word(role), MAY.get(role), "PERMISSION_MISSING");
        }
    }

    @Test
    void whoMustChangeThePasswordGetsNowhereElse() throws Exception {
        walk("newcomer", Set.of(Permission.SESSION), "PASSWORD_MUST_CHANGE");
    }

    @Test
    void nobodyGetsNowhere() throws Exception {
        walk("nobody", Set.of(), "SESSION_REQUIRED");
    }

    @Test
    void whoseSessionExpiredIsNobody() throws Exception {
        walk("late", Set.of(), "SESSION_REQUIRED");
    }

    @Test
    void whoWasDisabledIsNobody() throws Exception {
        walk("dismissed", Set.of(), "SESSION_REQUIRED");
    }

    @Test
    void whatIsNotInTheTableIsNotThereEvenForAnAdministrator() throws Exception {
        Optional<String> token = Optional.of(tokens.get("administrator"));

        for (String path : List.of("/v1", "/v2/gateways", "/v1/gateway", "/v1/people/bob/roles", "/admin", "/.env")) {
            assertThat(https.ask("GET", path, "", token).status()).as(path).isEqualTo(404);
        }
        for (Row row : page) {
            List<String> methods = new ArrayList<>(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
            page.stream().filter(other -> covers(other, row)).forEach(other -> methods.remove(other.method()));
            for (String method : methods) {
                Https.Answer answer = https.ask(method, row.address(), "", token);
                assertThat(answer.status()).as(method + " " + row.path()).isEqualTo(405);
                assertThat(answer.allow().orElse("")).contains(row.method());
            }
        }
    }

    /** Whether an address of {@code row} is one of {@code other} as well. */
    private static boolean covers(Row other, Row row) {
        String pattern = other.path()
                .replace(".", "\\.")
                .replaceAll("\\{[a-zA-Z0-9]+\\\\.\\\\.\\\\.}", ".+")
                .replaceAll("\\{[a-zA-Z0-9]+}", "[^/]+");
        return row.address().matches(pattern);
    }

    private void walk(String who, Set<Permission> may, String refusal) throws Exception {
        Optional<String> token = Optional.ofNullable(tokens.get(who));
        for (Row row : page) {
            if (row.method().equals("DELETE") && row.path().equals("/v1/session")) {
                continue; // it would end the session; the last step below
            }
            judge(who, may, refusal, row, token);
        }
        judge(who, may, refusal, new Row("DELETE", "/v1/session", Permission.SESSION), token);
        if (may.contains(Permission.SESSION)) {
            assertThat(https.ask("GET", "/v1/session", "", token).code()).isEqualTo("SESSION_REQUIRED");
        }
    }

    private void judge(String who, Set<Permission> may, String refusal, Row row, Optional<String> token)
            throws Exception {
        Https.Answer answer = https.ask(row.method(), row.address(), accepts.get(row), token);
        String step = who + ": " + row + " answered " + answer;
        if (row.permission() == Permission.ANYONE || may.contains(row.permission())) {
            assertThat(AT_THE_DOOR).as(step).doesNotContain(answer.code());
            assertThat(answer.status()).as(step).isNotEqualTo(500);
        } else if (row.permission() == Permission.GATEWAY) {
            assertThat(answer.code()).as(step).isEqualTo("CERTIFICATE_REQUIRED");
        } else {
            assertThat(answer.code()).as(step).isEqualTo(refusal);
            assertThat(answer.status()).as(step).isEqualTo(refusal.equals("SESSION_REQUIRED") ? 401 : 403);
        }
    }
}
