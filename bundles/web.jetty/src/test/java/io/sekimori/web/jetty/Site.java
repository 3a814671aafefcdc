package io.sekimori.web.jetty;

import io.sekimori.access.Access;
import io.sekimori.access.AccessCode;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.access.SignIn;
import io.sekimori.web.CallerCertificates.Verdict;
import io.sekimori.web.Resource;
import io.sekimori.web.WebCode;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.osgi.service.log.Logger;

/** A server on a free port with people and gateways of its own. Confined to a test. */
final class Site implements Access, AutoCloseable {

    static final Papers GATEWAY = Papers.of("g-aaaaaaaaaaaa");
    static final Papers REVOKED = Papers.of("g-bbbbbbbbbbbb");

    private static final Papers SERVER = Papers.of("localhost");

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final JettyWeb web;
    private final List<String> logged;
    private final HttpClient client = client(Papers.withoutTrusting(SERVER));
    private int tokens;

    private Site(JettyWeb web, List<String> logged) {
        this.web = web;
        this.logged = logged;
    }

    static Site with(Resource... resources) throws IOException {
        return with(
                new Settings(
                        "127.0.0.1", 0, 200, 200, Duration.ofSeconds(20), Duration.ofSeconds(20), 0, Duration.ZERO),
                resources);
    }

    static Site with(Settings settings, Resource... resources) throws IOException {
        List<String> logged = new CopyOnWriteArrayList<>();
        JettyWeb web = new JettyWeb(keeping(logged), settings);
        Site site = new Site(web, logged);
        web.resources = List.of(resources);
        web.tls = () -> SERVER.trusting(GATEWAY, REVOKED);
        web.access = site;
        for (Resource resource : resources) {
            if (resource instanceof SessionResource session) {
                session.access = site;
            }
        }
        web.certificates = chain -> chain.get(0).equals(GATEWAY.certificate())
                ? new Verdict.Known("g-aaaaaaaaaaaa")
                : new Verdict.Refused(WebCode.CERTIFICATE_REFUSED, "revoked");
        web.open();
        return site;
    }

    JettyWeb web() {
        return web;
    }

    int port() {
        return web.port();
    }

    /** Somebody with these roles who is signed in; the token of the session. */
    String signedIn(Role... roles) {
        return signedIn(Person.State.ACTIVE, roles);
    }

    String signedIn(Person.State state, Role... roles) {
        SessionToken token = token();
        sessions.put(token.reveal(), session(new Person("alice", Set.of(roles), state, 1), Session.Kind.BROWSER));
        return token.reveal();
    }

    /** Gives the person of a session other roles. */
    void change(String token, Role... roles) {
        sessions.computeIfPresent(
                token,
                (same, before) -> session(new Person("alice", Set.of(roles), Person.State.ACTIVE, 2), before.kind()));
    }

    private SessionToken token() {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) ++tokens;
        return SessionToken.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .orElseThrow();
    }

    private static Session session(Person person, Session.Kind kind) {
        return new Session("0a", person, kind, Instant.EPOCH, Instant.MAX, "127.0.0.1");
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder to(String path, String token) {
        return to(path).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends with these papers. */
    HttpResponse<String> send(Papers papers, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client(papers.trusting(SERVER)).send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    static Papers server() {
        return SERVER;
    }

    @Override
    public SignIn signIn(String name, char[] password, Session.Kind kind, String from) {
        if (name.equals("slow")) {
            return new SignIn.Refused(AccessCode.SIGN_IN_DELAYED, Duration.ofMillis(1_500));
        }
        if (!name.equals("alice") || !new String(password).equals("three brown foxes")) {
            return new SignIn.Refused(AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
        }
        SessionToken token = token();
        Session session = session(new Person("alice", Set.of(Role.VIEWER), Person.State.ACTIVE, 1), kind);
        sessions.put(token.reveal(), session);
        return new SignIn.SignedIn(session, token);
    }

    @Override
    public Optional<Session> look(SessionToken token) {
        return Optional.ofNullable(sessions.get(token.reveal()));
    }

    @Override
    public Optional<Session> session(SessionToken token) {
        return Optional.ofNullable(sessions.get(token.reveal()));
    }

    @Override
    public void signOut(SessionToken token, String from) {
        sessions.remove(token.reveal());
    }

    @Override
    public PasswordChange changePassword(SessionToken token, char[] current, char[] next, String from) {
        return new PasswordChange.Refused(AccessCode.PASSWORD_TOO_SHORT, Duration.ZERO);
    }

    @Override
    public List<Session> sessions(String person) {
        return List.copyOf(sessions.values());
    }

    @Override
    public void close() {
        web.close();
    }

    /** What was logged, each line after its level. */
    List<String> logged() {
        return List.copyOf(logged);
    }

    /** A log that keeps its lines in a list. */
    static Logger keeping(List<String> lines) {
        InvocationHandler keep = (proxy, method, arguments) -> {
            if (arguments != null && method.getReturnType() == void.class) {
                lines.add(method.getName() + " " + Arrays.deepToString(arguments));
            }
            return method.getReturnType() == boolean.class ? false : null;
        };
        return (Logger) Proxy.newProxyInstance(Site.class.getClassLoader(), new Class<?>[] {Logger.class}, keep);
    }
}
