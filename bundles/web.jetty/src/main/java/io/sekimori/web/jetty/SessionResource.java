package io.sekimori.web.jetty;

import io.sekimori.access.Access;
import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.PasswordChange;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.access.SignIn;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Signing in and out, and choosing another password. Thread-safe. */
@Component(service = Resource.class)
public final class SessionResource implements Resource {

    private static final String PATH = "/v1/session";
    private static final int MOST_BYTES = 4 << 10;

    private static final Route SIGN_IN = Route.of(
                    "signIn", Method.POST, PATH, Permission.ANYONE, "Signs in; with bearer true answers a token")
            .accepting(Accepts.json(MOST_BYTES))
            .answering(200, Accepts.JSON, "Who is signed in; a browser gets a cookie");
    private static final Route WHO = Route.of("showSession", Method.GET, PATH, Permission.SESSION, "Who is signed in")
            .answering(200, Accepts.JSON, "The person and their roles");
    private static final Route SIGN_OUT = Route.of(
                    "signOut", Method.DELETE, PATH, Permission.SESSION, "Ends the session")
            .answering(204, "", "Done");
    private static final Route PASSWORD = Route.of(
                    "changePassword",
                    Method.PUT,
                    PATH + "/password",
                    Permission.SESSION,
                    "Changes the password and ends all other sessions")
            .accepting(Accepts.json(MOST_BYTES))
            .answering(200, Accepts.JSON, "The session, which goes on with another token");

    // Dynamic, so that a swap of access control does not take this away.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Access access;

    @Override
    public List<Route> routes() {
        return List.of(SIGN_IN, WHO, SIGN_OUT, PASSWORD);
    }

    @Override
    public Response handle(Request request) throws WebException {
        Access current = access; // read once: one call, one access
        if (current == null) {
            throw new WebException(new Problem(503, AccessCode.ACCESS_ABSENT, "nothing signs people in"));
        }
        try {
            return switch (request.route().name()) {
                case "signIn" -> signIn(current, request);
                case "showSession" -> Response.json(json(session(current, request)));
                case "signOut" -> signOut(current, request);
                default -> changePassword(current, request);
            };
        } catch (AccessException e) {
            throw Unavailable.of(e);
        }
    }

    private static Response signIn(Access access, Request request) throws WebException, AccessException {
        request.json().allow("name", "password", "bearer");
        boolean bearer = request.json().optionalBool("bearer").orElse(false);
        char[] password = request.json().text("password").toCharArray();
        try {
            SignIn answer = access.signIn(
                    request.json().text("name"),
                    password,
                    bearer ? Session.Kind.PROGRAM : Session.Kind.BROWSER,
                    request.peer().address());
            if (answer instanceof SignIn.Refused refused) {
                return refused(refused.code(), refused.retryAfter());
            }
            SignIn.SignedIn in = (SignIn.SignedIn) answer;
            return proof(in.session(), in.token());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static Response signOut(Access access, Request request) throws WebException, AccessException {
        access.signOut(token(request), request.peer().address());
        return Response.done().with("Set-Cookie", Credentials.noCookie());
    }

    private static Response changePassword(Access access, Request request) throws WebException, AccessException {
        request.json().allow("current", "next");
        char[] current = request.json().text("current").toCharArray();
        char[] next = request.json().text("next").toCharArray();
        try {
            PasswordChange answer = access.changePassword(
                    token(request), current, next, request.peer().address());
            if (answer instanceof PasswordChange.Refused refused) {
                return refused(refused.code(), refused.retryAfter());
            }
            PasswordChange.Changed changed = (PasswordChange.Changed) answer;
            return proof(changed.session(), changed.token());
        } finally {
            Arrays.fill(current, '\0');
            Arrays.fill(next, '\0');
        }
    }

    /** Gives the token to whoever uses it: a browser as a cookie that no script can read, a program in the answer. */
    private static Response proof(Session session, SessionToken token) {
        Map<String, Object> json = json(session);
        if (session.kind() == Session.Kind.BROWSER) {
            return Response.json(json).with("Set-Cookie", Credentials.cookie(token));
        }
        json.put("token", token.reveal());
        return Response.json(json);
    }

    private static Session session(Access access, Request request) throws WebException, AccessException {
        return access.session(token(request))
                .orElseThrow(
                        () -> new WebException(new Problem(401, WebCode.SESSION_REQUIRED, "the session has ended")));
    }

    private static SessionToken token(Request request) throws WebException {
        return Credentials.of(request.headers())
                .orElseThrow(() -> new WebException(new Problem(401, WebCode.SESSION_REQUIRED, "nobody is signed in")))
                .token();
    }

    private static Map<String, Object> json(Session session) {
        Map<String, Object> json = new HashMap<>();
        json.put("name", session.person().name());
        json.put(
                "roles",
                session.person().roles().stream().map(Role::name).sorted().toList());
        json.put("mustChangePassword", session.person().state() == Person.State.PASSWORD_MUST_CHANGE);
        json.put("since", session.since().toString());
        json.put("ends", session.ends().toString());
        return json;
    }

    private static Response refused(AccessCode code, Duration retryAfter) {
        long seconds = (retryAfter.toMillis() + 999) / 1_000;
        int status = switch (code) {
            case SIGN_IN_DELAYED, SIGN_IN_BUSY -> 429;
            case CREDENTIALS_WRONG, ONE_TIME_PASSWORD_EXPIRED, SESSION_ENDED -> 401;
            default -> 422;
        };
        Map<String, Object> facts = seconds == 0 ? Map.of() : Map.of("retryAfterSeconds", seconds);
        return Response.of(status, new Body.Refused(new Problem(status, code, "it was refused", facts)));
    }
}
