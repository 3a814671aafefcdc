package io.sekimori.simulator;

import io.sekimori.trust.Activation;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Registers gateways at the console's REST interface, as an operator would. Confined to one thread. */
final class Registrar {

    private static final int MAX_BYTES = 64 << 10;

    private final Options.Registration where;
    private final String token;
    private final SSLSocketFactory tls;

    Registrar(Options.Registration where) throws IOException, GeneralSecurityException {
        this.where = where;
        this.token = Files.readString(where.token()).strip();
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(
                null,
                Identity.trusting(Identity.certificates(where.authority())).getTrustManagers(),
                null);
        this.tls = context.getSocketFactory();
    }

    /** Registers a gateway and answers what it enrols with. */
    Activation register(String serial, String model) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection)
                where.console().resolve("/v1/gateways").toURL().openConnection();
        connection.setSSLSocketFactory(tls);
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(JsonText.bytes(Map.of("serial", serial, "model", model)));
        }
        if (connection.getResponseCode() != HttpURLConnection.HTTP_CREATED) {
            throw new IOException(
                    "the console answered " + connection.getResponseCode() + " to the registration of " + serial);
        }
        try (InputStream in = connection.getInputStream()) {
            JsonObject json = JsonObject.parse(in.readNBytes(MAX_BYTES));
            return Activation.parse(json.string("activation").getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new IOException("the console's answer: " + e.getMessage(), e);
        }
    }
}
