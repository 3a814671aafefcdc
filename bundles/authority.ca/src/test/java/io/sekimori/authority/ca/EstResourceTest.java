package io.sekimori.authority.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Peer;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** EST as RFC 7030 wants it, without the network. */
class EstResourceTest {

    private final KeyPair key = Bench.pair();

    @OnBothDatabases
    void theCaIsToldToEverybody(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        EstResource est = new EstResource(bench.console(), Bench.silent());

        Response response = est.handle(request(est, "estCaCertificates"));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("Content-Transfer-Encoding", "base64");
        assertThat(certificates(response)).hasSize(2).contains(bench.root);
    }

    @OnBothDatabases
    void aGatewayWithItsCodeGetsItsCertificateAlone(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        EstResource est = new EstResource(authority, Bench.silent());

        Response response = est.handle(enrol(est, bench.code(authority)));

        assertThat(response.status()).isEqualTo(200);
        assertThat(((Body.Streamed) response.body()).mediaType())
                .isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        assertThat(certificates(response))
                .hasSize(1)
                .first()
                .satisfies(certificate -> assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic()));
    }

    @OnBothDatabases
    void everyRefusalHasItsStatus(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        EstResource est = new EstResource(authority, Bench.silent());
        byte[] code = bench.code(authority);

        Response anonymous = est.handle(request(est, "estEnrol"));
        assertThat(anonymous.status()).isEqualTo(401);
        assertThat(anonymous.body()).isInstanceOf(Body.Empty.class);
        assertThat(anonymous.headers().get("WWW-Authenticate")).startsWith("Basic ");
        assertProblem(
                est.handle(request(est, "estEnrol").header("authorization", "Basic bm9ib2R5Og==")),
                401,
                AuthorityCode.CREDENTIALS_MISSING);
        assertProblem(est.handle(enrol(est, new byte[26])), 401, AuthorityCode.CODE_UNKNOWN);
        assertProblem(est.handle(enrol(est, code).sending(new byte[] {'x'})), 400, AuthorityCode.REQUEST_MALFORMED);
        est.handle(enrol(est, code));
        assertProblem(est.handle(enrol(est, code).sending(Requests.of(Bench.pair()))), 403, AuthorityCode.CODE_USED);
        assertProblem(est.handle(request(est, "estRenew")), 403, AuthorityCode.CREDENTIALS_MISSING);
        authority.records = null;
        Response broken = est.handle(enrol(est, code));
        assertProblem(broken, 503, AuthorityCode.AUTHORITY_RECORDS_FAILED);
        assertThat(broken.headers()).containsKey("Retry-After");
    }

    @OnBothDatabases
    void whoTriesWrongCodesWaitsAndOthersDoNot(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        EstResource est = new EstResource(authority, Bench.silent());
        byte[] code = bench.code(authority);
        for (int i = 0; i < 11; i++) {
            assertProblem(est.handle(enrol(est, new byte[26])), 401, AuthorityCode.CODE_UNKNOWN);
        }
        int before = bench.audited.size();

        Response slowed = est.handle(enrol(est, code));

        assertProblem(slowed, 429, AuthorityCode.TOO_MANY_TRIES);
        assertThat(slowed.headers().get("Retry-After")).matches("[1-3]");
        assertThat(bench.audited).hasSize(before);
        assertThat(est.handle(from("198.51.100.1", enrol(est, code))).status()).isEqualTo(200);
    }

    @OnBothDatabases
    void anotherAddressOfTheSameNetworkIsNobodyElse(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        EstResource est = new EstResource(authority, Bench.silent());
        byte[] code = bench.code(authority);
        for (int i = 0; i < 11; i++) {
            String address = "2001:db8:0:7:0:0:0:" + i;
            assertProblem(est.handle(from(address, enrol(est, new byte[26]))), 401, AuthorityCode.CODE_UNKNOWN);
        }

        Response slowed = est.handle(from("2001:db8:0:7:a:b:c:d", enrol(est, code)));

        assertProblem(slowed, 429, AuthorityCode.TOO_MANY_TRIES);
        assertThat(est.handle(from("2001:db8:0:8:0:0:0:1", enrol(est, code))).status())
                .isEqualTo(200);
    }

    private static Request from(String address, Request request) {
        return new Request(
                request.route(),
                request.path(),
                request.query(),
                request.headers(),
                new Peer(new Caller.Anonymous(), address, List.of()),
                request.language(),
                request.body(),
                request.json());
    }

    @OnBothDatabases
    void aConnectionsCertificateIsRenewedAndNothingElseIsToldToItsBearer(Consoles consoles) throws Exception {
        Bench bench = new Bench(consoles);
        CaAuthority authority = bench.console();
        EstResource est = new EstResource(authority, Bench.silent());
        X509Certificate first =
                certificates(est.handle(enrol(est, bench.code(authority)))).get(0);
        Request renewal = with(first, request(est, "estRenew"));
        byte[] wanted = Requests.of(key, "OU=gateway, CN=" + Bench.GATEWAY, key);

        Response response = est.handle(renewal.sending(wanted));

        assertThat(certificates(response))
                .singleElement()
                .satisfies(next -> assertThat(next.getPublicKey()).isEqualTo(key.getPublic()))
                .isNotEqualTo(first);
        assertProblem(est.handle(renewal.sending(Requests.of(key))), 400, AuthorityCode.RENEWAL_DIFFERS);
        authority.revoke(Bench.GATEWAY, "lost", "person:alice");
        assertProblem(est.handle(renewal.sending(wanted)), 403, AuthorityCode.CERTIFICATE_REVOKED);
        assertThat(new CallerResource().routes())
                .singleElement()
                .satisfies(route -> assertThat(route.permission()).isEqualTo(Permission.GATEWAY));
    }

    private static Request with(X509Certificate certificate, Request plain) {
        return new Request(
                plain.route(),
                plain.path(),
                plain.query(),
                plain.headers(),
                new Peer(new Caller.Anonymous(), "192.0.2.7", List.of(certificate)),
                plain.language(),
                plain.body(),
                plain.json());
    }

    private Request enrol(EstResource est, byte[] code) {
        String both = Bench.GATEWAY + ":" + new String(code, StandardCharsets.ISO_8859_1);
        return request(est, "estEnrol")
                .header(
                        "authorization",
                        "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.ISO_8859_1)))
                .sending(Requests.of(key));
    }

    private static Request request(EstResource est, String name) {
        Route route = est.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Request.of(route, new Caller.Anonymous());
    }

    private static void assertProblem(Response response, int status, AuthorityCode code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(((Body.Refused) response.body()).problem().code()).isEqualTo(code);
    }

    private static List<X509Certificate> certificates(Response response) throws IOException, CertificateException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ((Body.Streamed) response.body()).writer().write(out);
        byte[] der = Base64.getMimeDecoder().decode(out.toByteArray());
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
