package io.sekimori.web.jetty;

import io.sekimori.access.Access;
import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.access.Session;
import io.sekimori.access.SessionToken;
import io.sekimori.web.Caller;
import io.sekimori.web.CallerCertificates;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proves who a caller is, and lets in whom the route allows: nobody else. Thread-safe. */
final class Doorkeeper {

    private final Parts parts;

    Doorkeeper(Parts parts) {
        this.parts = parts;
    }

    /**
     * The caller, who may use the route.
     *
     * @param headers names in lower case
     * @param chain the client's certificates
     * @throws WebException if they may not, or cannot be judged
     */
    Caller admit(Route route, Map<String, String> headers, List<X509Certificate> chain) throws WebException {
        Optional<Credentials> credentials = Credentials.of(headers);
        if (!route.method().isSafe()) {
            boolean person = route.permission() != Permission.ANYONE && route.permission() != Permission.GATEWAY;
            Origin.check(
                    headers,
                    person && credentials.isPresent() && credentials.get().byCookie());
        }
        return judge(route, credentials, chain, Access::session);
    }

    /** Whether somebody who was let in and listens since may still; asking does not count as use of a session. */
    boolean mayGoOn(Route route, Map<String, String> headers, List<X509Certificate> chain) {
        try {
            judge(route, Credentials.of(headers), chain, Access::look);
            return true;
        } catch (WebException e) {
            return false;
        }
    }

    /** How a session is looked up. */
    private interface Lookup {
        Optional<Session> of(Access access, SessionToken token) throws AccessException;
    }

    private Caller judge(Route route, Optional<Credentials> credentials, List<X509Certificate> chain, Lookup lookup)
            throws WebException {
        return switch (route.permission()) {
            case ANYONE -> new Caller.Anonymous();
            case GATEWAY -> gateway(chain);
            case SESSION, VIEW, OPERATE, RELEASE, ADMINISTER -> person(route.permission(), credentials, lookup);
        };
    }

    private Caller gateway(List<X509Certificate> chain) throws WebException {
        if (chain.isEmpty()) {
            throw refused(403, WebCode.CERTIFICATE_REQUIRED, "the connection showed no certificate");
        }
        CallerCertificates current = parts.certificates();
        if (current == null) {
            throw refused(503, WebCode.PART_ABSENT, "nothing knows the gateways' certificates");
        }
        CallerCertificates.Verdict verdict = current.judge(chain);
        if (verdict instanceof CallerCertificates.Verdict.Known known) {
            return new Caller.Gateway(known.gatewayId());
        }
        CallerCertificates.Verdict.Refused no = (CallerCertificates.Verdict.Refused) verdict;
        throw refused(403, no.code(), no.detail());
    }

    private Caller person(Permission needed, Optional<Credentials> credentials, Lookup lookup) throws WebException {
        if (credentials.isEmpty()) {
            throw refused(401, WebCode.SESSION_REQUIRED, "nobody is signed in");
        }
        Session session = session(credentials.get(), lookup);
        Set<Permission> allowed = permissions(session.person());
        if (!allowed.contains(needed)) {
            throw session.person().state() == Person.State.PASSWORD_MUST_CHANGE
                    ? refused(403, WebCode.PASSWORD_MUST_CHANGE, "the one-time password was not changed yet")
                    : refused(403, WebCode.PERMISSION_MISSING, needed + " is not among what the roles allow");
        }
        return new Caller.Person(session.person().name(), session.id(), allowed);
    }

    private Session session(Credentials credentials, Lookup lookup) throws WebException {
        Access current = parts.access();
        if (current == null) {
            throw refused(503, AccessCode.ACCESS_ABSENT, "nothing signs people in");
        }
        try {
            return lookup.of(current, credentials.token())
                    .orElseThrow(() -> refused(401, WebCode.SESSION_REQUIRED, "the session has ended"));
        } catch (AccessException e) {
            throw Unavailable.of(e);
        }
    }

    /** The one place where roles become permissions. */
    static Set<Permission> permissions(Person person) {
        EnumSet<Permission> allowed = EnumSet.of(Permission.SESSION);
        if (person.state() != Person.State.ACTIVE) {
            return allowed;
        }
        for (Role role : person.roles()) {
            switch (role) {
                case VIEWER -> allowed.add(Permission.VIEW);
                case OPERATOR -> allowed.addAll(List.of(Permission.VIEW, Permission.OPERATE));
                case RELEASE_MANAGER -> allowed.addAll(List.of(Permission.VIEW, Permission.RELEASE));
                case ADMINISTRATOR ->
                    allowed.addAll(
                            List.of(Permission.VIEW, Permission.OPERATE, Permission.RELEASE, Permission.ADMINISTER));
            }
        }
        return allowed;
    }

    private static WebException refused(int status, Enum<?> code, String detail) {
        return new WebException(new Problem(status, code, detail));
    }
}
