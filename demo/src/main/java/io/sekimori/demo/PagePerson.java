package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Somebody beside a gateway: becomes its first person by the activation, signs in once at its own page, and goes on with that
 * one session. Believes the certificate that the gateway has on disk and no other. Thread-safe.
 */
final class PagePerson {

    private static final String NAME = "yui";
    private static final String PASSWORD = "a door in the mountains";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int DONE = 200;
    private static final int MADE = 201;

    private final String address;
    private final HttpClient client;
    private final String token;

    private PagePerson(String address, HttpClient client, String token) {
        this.address = address;
        this.client = client;
        this.token = token;
    }

    /** Signed in at the page of the gateway in {@code unit}. */
    static PagePerson signedIn(Path unit, Path activation) throws IOException, Broken {
        String address = LocalAddress.of(unit);
        HttpClient client = HttpClient.newBuilder()
                .sslContext(believing(unit.resolve("data/io.sekimori.local/certificate.der")))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        try {
            String code = JsonObject.parse(Files.readAllBytes(activation)).string("code");
            PagePerson nobody = new PagePerson(address, client, "");
            nobody.post("/v1/local/first", MADE, Map.of("name", NAME, "code", code, "password", PASSWORD));
            return nobody.again();
        } catch (MalformedJson e) {
            throw new Broken("the answer of the gateway's page cannot be read", e);
        }
    }

    /** The same person, signed in anew. */
    PagePerson again() throws IOException, Broken, MalformedJson {
        PagePerson nobody = new PagePerson(address, client, "");
        JsonObject session =
                nobody.post("/v1/session", DONE, Map.of("name", NAME, "password", PASSWORD, "bearer", true));
        return new PagePerson(address, client, session.string("token"));
    }

    /** Asks for {@code path} with that session. */
    SteadyUse.Deed asking(String path) {
        return () -> {
            try {
                HttpResponse<String> answer = send(
                        request(path).header("Authorization", "Bearer " + token).GET());
                return answer.statusCode() == DONE ? "" : path + " " + answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                return path + " " + e;
            }
        };
    }

    /** What {@code path} says. */
    JsonObject get(String path) throws IOException, Broken, MalformedJson {
        return answered(path, DONE, request(path).GET());
    }

    /** What {@code path} answers to {@code body}, with the status that is wanted. */
    JsonObject post(String path, int wanted, Map<String, ?> body) throws IOException, Broken, MalformedJson {
        return answered(
                path,
                wanted,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JsonText.bytes(body))));
    }

    private JsonObject answered(String path, int wanted, HttpRequest.Builder request)
            throws IOException, Broken, MalformedJson {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != wanted) {
            throw new Broken(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static SSLContext believing(Path certificate) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry(
                    "page", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(anchors);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the gateway's certificate cannot be used", e);
        }
    }
}
