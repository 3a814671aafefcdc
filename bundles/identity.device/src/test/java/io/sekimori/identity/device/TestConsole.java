package io.sekimori.identity.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sekimori.keys.kit.MemoryTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** The EST side of a console on the Java runtime's HTTPS server, which answers as a test wants it. */
final class TestConsole implements AutoCloseable {

    final TestCa ca;
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile List<X509Certificate> caCertificates;
    volatile List<X509CRL> revoked = List.of();
    volatile Function<PublicKey, Reply> enrolment;
    volatile Function<X509Certificate, Reply> proof = TestConsole::seen;
    volatile Function<String, Reply> time = nonce -> refusal(404, "NOT_FOUND");
    final List<X509Certificate> renewedWith = new CopyOnWriteArrayList<>();
    final List<X509Certificate> provedWith = new CopyOnWriteArrayList<>();
    volatile Function<String, Reply> ownTime = nonce -> refusal(404, "NOT_FOUND");
    final List<X509Certificate> timeShown = new CopyOnWriteArrayList<>();
    private final HttpsServer server;

    record Reply(int status, byte[] body) {}

    TestConsole(TestCa ca) {
        this(ca, "localhost", TestCa.DAY, List.of(ca.issuing, ca.root));
    }

    TestConsole(TestCa ca, String host, Duration validFor, List<X509Certificate> above) {
        this.ca = ca;
        this.caCertificates = List.of(ca.issuing, ca.root);
        this.enrolment = key -> certificate(ca.gateway(key, "CN=" + Lab.GATEWAY + ", OU=gateway"));
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            KeyPair key = TestCa.pair();
            SSLContext tls = context(key, ca.server(key.getPublic(), validFor, host), above);
            server.setHttpsConfigurator(new HttpsConfigurator(tls) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = tls.getDefaultSSLParameters();
                    wanted.setWantClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
            server.createContext("/.well-known/est/cacerts", this::cacerts);
            server.createContext("/.well-known/est/simpleenroll", this::enrol);
            server.createContext("/.well-known/est/simplereenroll", this::renew);
            server.createContext("/gateway/v1/certificate", this::prove);
            server.createContext("/gateway/v1/time", this::time);
            server.createContext("/gateway/v1/own-time", this::ownTime);
            server.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static Reply certificate(X509Certificate certificate) {
        return new Reply(200, TestCa.bag(List.of(certificate)));
    }

    static Reply refusal(int status, String code) {
        return new Reply(
                status, ("{\"status\":" + status + ",\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
    }

    URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    private void cacerts(HttpExchange exchange) throws IOException {
        answer(exchange, new Reply(200, TestCa.bag(caCertificates, revoked)));
    }

    private void enrol(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] base64 = exchange.getRequestBody().readAllBytes();
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(
                    new PKCS10CertificationRequest(Base64.getMimeDecoder().decode(base64)));
            answer(exchange, enrolment.apply(request.getPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void renew(HttpExchange exchange) throws IOException {
        renewedWith.add(shown(exchange));
        enrol(exchange);
    }

    private void prove(HttpExchange exchange) throws IOException {
        X509Certificate certificate = shown(exchange);
        provedWith.add(certificate);
        answer(exchange, proof.apply(certificate));
    }

    private void time(HttpExchange exchange) throws IOException {
        answer(exchange, time.apply(exchange.getRequestURI().getQuery().replace("nonce=", "")));
    }

    private void ownTime(HttpExchange exchange) throws IOException {
        timeShown.add(shown(exchange));
        answer(exchange, ownTime.apply(exchange.getRequestURI().getQuery().replace("nonce=", "")));
    }

    private static X509Certificate shown(HttpExchange exchange) throws IOException {
        return (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
    }

    /** The console has let a gateway in with this certificate. */
    static Reply seen(X509Certificate certificate) {
        return new Reply(
                200,
                ("{\"certificate\":\"" + certificate.getSerialNumber().toString(16) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            if (reply.status() == 0) {
                return; // hangs up
            }
            exchange.getResponseHeaders().set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
            exchange.getResponseHeaders().set("Retry-After", "17");
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static SSLContext context(KeyPair key, X509Certificate own, List<X509Certificate> above)
            throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>(above);
        chain.add(0, own);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(MemoryTls.keys(key.getPrivate(), chain), new TrustManager[] {TestTls.ANY_CLIENT}, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
