package io.sekimori.itests.console;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a console over its own HTTPS, trusting its authority alone. Thread-safe. */
final class Https {

    private static final int MOST = 1 << 20;

    private final URI console;
    private final HttpClient client;

    /**
     * What was answered.
     *
     * @param code the stable code of a problem; empty if it is none
     */
    record Answer(int status, String code, Optional<String> allow) {}

    Https(URI console, Path authority) throws IOException, GeneralSecurityException {
        this.console = console;
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                anchors.setCertificateEntry("anchor-" + number++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        this.client = HttpClient.newBuilder().sslContext(tls).build();
    }

    JsonObject json(String path, String token) throws IOException, InterruptedException, MalformedJson {
        HttpRequest request =
                request(path).header("Authorization", "Bearer " + token).build();
        return JsonObject.parse(
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body(), MOST);
    }

    /** Asks with an empty object of that type for a body; of an answer that never ends only the beginning is read. */
    Answer ask(String method, String path, String type, Optional<String> token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        request.method(method, type.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            boolean problem =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
            return new Answer(
                    response.statusCode(),
                    problem ? code(body.readAllBytes()) : "",
                    response.headers().firstValue("Allow"));
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(path))
                .timeout(Duration.ofMinutes(2))
                .header("X-Sekimori", "1");
    }

    private static String code(byte[] problem) throws IOException {
        try {
            return JsonObject.parse(problem, MOST).string("code");
        } catch (MalformedJson e) {
            throw new IOException("a problem without a code", e);
        }
    }
}
