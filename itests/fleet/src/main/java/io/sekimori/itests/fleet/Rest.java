package io.sekimori.itests.fleet;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The console's REST interface as the person who is signed in. Thread-safe. */
public final class Rest {

    private static final int PATIENCE_MILLIS = 60_000;

    private final URI console;
    private final String token;
    private final SSLSocketFactory tls;

    Rest(URI console, String token, Path authority) throws IOException {
        this.console = console;
        this.token = token;
        this.tls = trusting(authority);
    }

    private static SSLSocketFactory trusting(Path authority) throws IOException {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry(Integer.toString(store.size()), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("the console's authority in " + authority, e);
        }
    }

    /** Asks for something that is there. */
    public JsonObject get(String path) throws IOException {
        return answer(open(path));
    }

    /** Has something made, and answers it. */
    public JsonObject post(String path, Map<String, ?> json) throws IOException {
        HttpsURLConnection connection = open(path);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(JsonText.bytes(json));
        }
        return answer(connection);
    }

    private HttpsURLConnection open(String path) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) console.resolve(path).toURL().openConnection();
        connection.setSSLSocketFactory(tls);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static JsonObject answer(HttpsURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status >= 400) {
            try (InputStream error = connection.getErrorStream()) {
                throw new IOException(connection.getURL().getPath() + " is answered " + status + ": "
                        + (error == null
                                ? ""
                                : new String(error.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
            }
        }
        try (InputStream in = connection.getInputStream()) {
            return JsonObject.parse(in.readAllBytes());
        } catch (MalformedJson e) {
            throw new IOException(connection.getURL().getPath() + ": " + e.getMessage(), e);
        }
    }
}
