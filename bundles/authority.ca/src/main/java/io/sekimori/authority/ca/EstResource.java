package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.web.Accepts;
import io.sekimori.web.Body;
import io.sekimori.web.Peer;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * EST (RFC 7030): {@code cacerts}, {@code simpleenroll} with the gateway id and the activation code by HTTP Basic, and
 * {@code simplereenroll} with the certificate of the connection. Thread-safe.
 */
@Component
public final class EstResource implements Resource {

    private static final String PATH = "/.well-known/est/";
    private static final String CERTIFICATES = "application/pkcs7-mime; smime-type=certs-only";
    private static final String CHALLENGE = "Basic realm=\"estrealm\", charset=\"UTF-8\"";
    private static final Duration TOO_OFTEN = Duration.ofHours(6);
    private static final Accepts REQUEST = Accepts.stream("application/pkcs10", CertificateRequest.MAX_BYTES);

    private static final Route CA_CERTIFICATES = Route.of(
                    "estCaCertificates",
                    Method.GET,
                    PATH + "cacerts",
                    Permission.ANYONE,
                    "The console's CA (RFC 7030 4.1)")
            .answering(200, CERTIFICATES, "Issuing CA and root, and which issuing CAs before are revoked by the root");
    private static final Route ENROL = Route.of(
                    "estEnrol",
                    Method.POST,
                    PATH + "simpleenroll",
                    Permission.ANYONE,
                    "Certifies a gateway's key for its activation code (RFC 7030 4.2.1)")
            .accepting(REQUEST)
            .answering(200, CERTIFICATES, "The gateway's certificate");
    private static final Route RENEW = Route.of(
                    "estRenew",
                    Method.POST,
                    PATH + "simplereenroll",
                    Permission.ANYONE, // the authority judges: a certificate that has ended may be renewed, too
                    "Certifies a gateway's key anew for its certificate, also one that has ended (RFC 7030 4.2.2)")
            .accepting(REQUEST)
            .answering(200, CERTIFICATES, "The gateway's next certificate");

    private final CaAuthority authority;
    private final Logger log;
    private final Throttle throttle = new Throttle(Clock.systemUTC());

    /** Called by Declarative Services. */
    @Activate
    public EstResource(@Reference CaAuthority authority, @Reference(service = LoggerFactory.class) Logger log) {
        this.authority = authority;
        this.log = log;
    }

    @Override
    public List<Route> routes() {
        return List.of(CA_CERTIFICATES, ENROL, RENEW);
    }

    @Override
    public Response handle(Request request) throws IOException {
        try {
            return switch (request.route().name()) {
                case "estCaCertificates" -> caCertificates();
                case "estEnrol" -> enrol(request);
                default -> renew(request);
            };
        } catch (AuthorityException e) {
            log.error("EST {} failed", request.route().name(), e);
            return Response.problem(503, e.code(), "the authority cannot work; its log says why")
                    .with("Retry-After", "60");
        }
    }

    private Response caCertificates() throws AuthorityException {
        Ca ca = authority.ca();
        return certificates(
                CertificateBag.of(List.of(ca.issuing(), ca.root()), ca.issuers().revoked()));
    }

    private Response enrol(Request request) throws IOException, AuthorityException {
        String address = request.peer().address();
        Duration pause = throttle.pause(request.peer().network());
        if (!pause.isZero()) {
            return Response.problem(429, AuthorityCode.TOO_MANY_TRIES, "wrong codes came from this address")
                    .with("Retry-After", Long.toString(pause.toSeconds() + 1));
        }
        if (request.header("authorization").isEmpty()) {
            // A challenge with nothing behind it: BouncyCastle's client does not read what it does not expect.
            return Response.of(401, new Body.Empty()).with("WWW-Authenticate", CHALLENGE);
        }
        BasicCredentials credentials = BasicCredentials.parse(
                        request.header("authorization").orElse(""))
                .orElse(null);
        if (credentials == null) {
            return unauthorized(AuthorityCode.CREDENTIALS_MISSING, "gateway id and code are missing");
        }
        byte[] code = credentials.password();
        try {
            Register.Entry entry = authority.enrol(credentials.name(), code, request.bytes(), address);
            return certificates(CertificateBag.of(entry.der()));
        } catch (EnrolRefused e) {
            return refused(e, request.peer());
        } finally {
            Arrays.fill(code, (byte) 0);
        }
    }

    private Response renew(Request request) throws IOException, AuthorityException {
        List<X509Certificate> chain = request.peer().certificates();
        if (chain.isEmpty()) {
            return Response.problem(403, AuthorityCode.CREDENTIALS_MISSING, "the connection showed no certificate");
        }
        String address = request.peer().address();
        try {
            Register.Entry entry = authority.renew(chain.get(0), request.bytes(), address);
            return certificates(CertificateBag.of(entry.der()));
        } catch (EnrolRefused e) {
            return refused(e, request.peer());
        }
    }

    private Response refused(EnrolRefused refused, Peer peer) {
        return switch (refused.code()) {
            case CODE_UNKNOWN -> {
                throttle.wrong(peer.network());
                yield unauthorized(refused.code(), refused.detail());
            }
            case RENEWED_TOO_OFTEN ->
                Response.problem(429, refused.code(), refused.detail())
                        .with("Retry-After", Long.toString(TOO_OFTEN.toSeconds()));
            case CODE_USED,
                    CODE_EXPIRED,
                    CERTIFICATE_FOREIGN,
                    CERTIFICATE_UNKNOWN,
                    CERTIFICATE_REVOKED,
                    CERTIFICATE_EXPIRED -> Response.problem(403, refused.code(), refused.detail());
            default -> Response.problem(400, refused.code(), refused.detail());
        };
    }

    private static Response unauthorized(AuthorityCode code, String detail) {
        return Response.problem(401, code, detail).with("WWW-Authenticate", CHALLENGE);
    }

    private static Response certificates(byte[] base64) {
        return Response.of(200, Body.bytes(CERTIFICATES, base64)).with("Content-Transfer-Encoding", "base64");
    }
}
