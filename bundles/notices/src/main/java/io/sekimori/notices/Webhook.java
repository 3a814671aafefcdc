package io.sekimori.notices;

import io.sekimori.trust.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts notices as JSON, signed by HMAC-SHA256 (RFC 2104) over the time, a dot and the body, so that the one who gets it knows
 * that it is new and whose it is. Follows no redirection and reads no answer. Thread-safe.
 */
final class Webhook implements Medium {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALGORITHM = "HmacSHA256";

    private final Trust trust;
    private final Path secret;
    private final Clock clock;
    private final Duration patience;
    private @Nullable HttpClient http;

    Webhook(Trust trust, Path secret, Clock clock) {
        this(trust, secret, clock, PATIENCE);
    }

    /** @param patience for the connection, and for the head of the answer */
    Webhook(Trust trust, Path secret, Clock clock, Duration patience) {
        this.trust = trust;
        this.secret = secret;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public void tell(Notice notice, String address) throws IOException {
        byte[] body = JsonText.bytes(NoticeJson.told(notice));
        long time = clock.instant().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Sekimori-Notice", notice.id())
                .header("Sekimori-Timestamp", Long.toString(time))
                .header("Sekimori-Signature", signature(time, body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<InputStream> answer = http().send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() / 100 != 2) {
                throw new NotToldException(NoticesCode.NOTICE_REFUSED, "the webhook answered " + answer.statusCode());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while posting", e);
        }
    }

    /** Made when somebody is told: it has a thread of its own. */
    private synchronized HttpClient http() throws IOException {
        HttpClient made = http;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .sslContext(trust.context())
                    .connectTimeout(patience)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            http = made;
        }
        return made;
    }

    private String signature(long time, byte[] body) throws IOException {
        byte[] key = SecretFile.read(secret);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IOException("it cannot be signed", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
