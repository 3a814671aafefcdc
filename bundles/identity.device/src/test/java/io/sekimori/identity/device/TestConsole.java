package io.sekimori.identity.device;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** The EST side of a console on the Java runtime's HTTPS server, which answers as a test wants it. */
final class TestConsole implements AutoCloseable {

    final TestCa ca;
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile List<X509Certificate> caCertificates;
    volatile Function<PublicKey, Reply> enrolment;
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
            server.setHttpsConfigurator(
                    new HttpsConfigurator(context(key, ca.server(key.getPublic(), validFor, host), above)));
            server.createContext("/.well-known/est/cacerts", this::cacerts);
            server.createContext("/.well-known/est/simpleenroll", this::enrol);
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
        answer(exchange, new Reply(200, TestCa.bag(caCertificates)));
    }

    private void enrol(HttpExchange exchange) throws IOException {
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] base64 = exchange.getRequestBody().readAllBytes();
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(
                    new PKCS10CertificationRequest(Base64.getMimeDecoder().decode(base64)));
            answer(exchange, enrolment.apply(request.getPublicKey()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
            exchange.getResponseHeaders().set("Retry-After", "17");
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private static SSLContext context(KeyPair key, X509Certificate own, List<X509Certificate> above)
            throws GeneralSecurityException, IOException {
        Certificate[] chain = new Certificate[above.size() + 1];
        chain[0] = own;
        for (int i = 0; i < above.size(); i++) {
            chain[i + 1] = above.get(i);
        }
        // Not PKCS#12: that refuses a chain that does not hold together, as some here.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("server", key.getPrivate(), "test".toCharArray(), chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, "test".toCharArray());
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
