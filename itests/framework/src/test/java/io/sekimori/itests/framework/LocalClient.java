package io.sekimori.itests.framework;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Asks a gateway's local REST as a person does who has looked at the fingerprint: whoever answers is taken for it. */
final class LocalClient {

    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([A-Za-z0-9_-]{43})\"");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 50_000_000;

    private final String address;
    private final HttpClient client;

    /** What came back. */
    record Answer(int status, String body) {}

    LocalClient(int port) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        this.address = "https://127.0.0.1:" + port;
        this.client = HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
    }

    Answer get(String path, String token) throws IOException, InterruptedException {
        return send("GET", path, token, "", "");
    }

    /** @param mediaType of the body; empty for none */
    Answer send(String method, String path, String token, String mediaType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (mediaType.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", mediaType).method(method, HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    /** Signs in as a program and answers the token. */
    String signIn(String name, String password) throws IOException, InterruptedException {
        Answer answer = send(
                "POST",
                "/v1/session",
                "",
                "application/json",
                "{\"name\":\"" + name + "\",\"password\":\"" + password + "\",\"bearer\":true}");
        Matcher token = TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new IOException("not signed in: " + answer);
        }
        return token.group(1);
    }

    /** Waits until that is answered: the port opens, and parts come, one after the other. */
    void awaitStatus(String path, int status, Duration patience) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        String last = "";
        while (System.nanoTime() - deadline < 0) {
            try {
                Answer answer = get(path, "");
                if (answer.status() == status) {
                    return;
                }
                last = answer.toString();
            } catch (IOException e) {
                last = e.toString(); // not open yet
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException(path + " never answered " + status + ", at last " + last);
    }

    private static final class Anyone extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
