package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.sekimori.access.Access;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.People;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SignIn;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.Configurations;
import io.sekimori.itests.support.UnitAlone;
import io.sekimori.keys.Keys;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.web.Permission;
import io.sekimori.web.Route;
import io.sekimori.web.RouteTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/**
 * The local page's REST as shipped, over its own HTTPS: the first person comes in by the activation and no other way, and
 * every line of the table is walked as nobody and as each role.
 */
@RunWith(PaxExam.class)
public class LocalPageIT {

    private static final String CODE = "abcdefghijklmnopqrstuvwx23";
    private static final String PASSWORD = "three brown foxes";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    private BundleContext context;

    private Services services;
    private Path folder;
    private LocalClient client;

    @Configuration
    public Option[] framework() throws IOException {
        return Scenario.withoutLauncher();
    }

    @Before
    public void aUnitWithAnActivation() throws Exception {
        services = new Services(context);
        folder = Files.createTempDirectory("sekimori-local");
        Path unit = Files.createDirectory(folder.resolve("unit"));
        Files.writeString(unit.resolve("activation.json"), activation());
        context.registerService(RunningGeneration.class, new UnitAlone(unit), null);
        set("io.sekimori.access.people", Map.of("memory.mib", 19, "passes", 2));
        int port = freePort();
        set("io.sekimori.web.jetty", Map.of("port", port));
        services.await(Keys.class);
        client = new LocalClient(port);
        client.awaitStatus("/v1/local", 200, PATIENCE);
    }

    @After
    public void removeFiles() throws IOException {
        Folders.delete(folder);
    }

    @Test
    public void theActivationMakesTheFirstPersonAndNobodyElseAndEachRoleGetsWhatTheTableSays() throws Exception {
        assertTrue(client.get("/v1/local", "").body().contains("\"OPEN\""));
        assertEquals(403, first("mallory", "zyxwvutsrqponmlkjihgfedcba").status());
        assertEquals(201, first("yui", CODE).status());
        assertEquals(409, first("mallory", CODE).status());
        assertTrue(client.get("/v1/local", "").body().contains("\"DONE\""));
        String administrator = client.signIn("yui", PASSWORD);

        List<Route> routes = new ArrayList<>(services.await(RouteTable.class).routes());
        // Signing out comes last: it ends the session the walk is made with.
        routes.sort(Comparator.comparing(route -> route.name().equals("signOut")));
        assertTrue(routes.stream().anyMatch(route -> route.path().equals("/v1/local/install")));
        walk(routes, "", Set.of(Permission.ANYONE));
        walk(routes, token("vera", Role.VIEWER), Set.of(Permission.ANYONE, Permission.SESSION, Permission.VIEW));
        walk(
                routes,
                token("taro", Role.OPERATOR),
                Set.of(Permission.ANYONE, Permission.SESSION, Permission.VIEW, Permission.OPERATE));
        walk(
                routes,
                administrator,
                Set.of(
                        Permission.ANYONE,
                        Permission.SESSION,
                        Permission.VIEW,
                        Permission.OPERATE,
                        Permission.RELEASE,
                        Permission.ADMINISTER));
    }

    private void walk(List<Route> routes, String token, Set<Permission> allowed) throws Exception {
        for (Route route : routes) {
            LocalClient.Answer answer = client.send(
                    route.method().name(),
                    route.path().replaceAll("\\{[^}]*\\}", "x"),
                    token,
                    route.accepts().mediaType(),
                    "{}");
            boolean refused = answer.status() == 401
                    || answer.status() == 403 && answer.body().contains("MISSING");
            String line = route.method() + " " + route.path() + " answered " + answer.status() + " " + answer.body();
            assertEquals(line, !allowed.contains(route.permission()), refused);
        }
    }

    private LocalClient.Answer first(String name, String code) throws Exception {
        return client.send(
                "POST",
                "/v1/local/first",
                "",
                "application/json",
                "{\"name\":\"" + name + "\",\"code\":\"" + code + "\",\"password\":\"" + PASSWORD + "\"}");
    }

    /** Somebody with that role who has chosen a password; the token of the session. */
    private String token(String name, Role role) throws Exception {
        PersonChange added = services.await(People.class).add(name, Set.of(role), "local:test");
        char[] password = ((PersonChange.WithPassword) added).password().reveal(char[]::clone);
        Access access = services.await(Access.class);
        SignIn.SignedIn in = (SignIn.SignedIn) access.signIn(name, password, Session.Kind.PROGRAM, "127.0.0.1");
        PasswordChange changed = access.changePassword(in.token(), password, PASSWORD.toCharArray(), "127.0.0.1");
        return ((PasswordChange.Changed) changed).token().reveal();
    }

    private void set(String pid, Map<String, Object> values) throws Exception {
        ChangeOutcome outcome = services.await(Configurations.class)
                .change(new Change(pid, 0, values, Set.of(), new Authorship("test", "as the scenario needs it")));
        assertTrue(outcome.toString(), outcome instanceof ChangeOutcome.Applied);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String activation() {
        String hash = "0".repeat(64);
        return "{\"format\":1,\"gateway\":\"g-abcdefghijkl\",\"account\":\"sekimori\",\"console\":\"https://127.0.0.1:1\","
                + "\"broker\":\"ssl://127.0.0.1:2\",\"consoleKey\":\"" + hash + "\",\"root\":\"" + hash
                + "\",\"notAfter\":\"2030-01-01T00:00:00Z\",\"code\":\"" + CODE + "\"}";
    }
}
