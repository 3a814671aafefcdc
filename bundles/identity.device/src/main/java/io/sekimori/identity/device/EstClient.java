package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import io.sekimori.trust.Activation;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Speaks EST (RFC 7030) with the console that an activation names. TLS 1.3; nothing is sent to a server that does not
 * prove to be it; redirections are not followed. Confined to one thread.
 */
final class EstClient {

    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final String PATH = "/.well-known/est/";

    private final Activation activation;
    private final Duration patience;
    private final PinnedTrust trust;
    private final HttpClient http;

    /** @param patience how long one answer may take, the connection included */
    EstClient(Activation activation, Duration patience) {
        this.activation = activation;
        this.patience = patience;
        this.trust = new PinnedTrust(activation.pins().consoleKey());
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3"});
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .sslContext(context(trust))
                .sslParameters(tls)
                .build();
    }

    /** The CA's certificates (4.1). */
    List<X509Certificate> caCertificates() throws NotEnrolled {
        return certificates(exchange(request("cacerts").GET().build()));
    }

    /** The certificates that answer {@code request}, a PKCS#10 request in DER (4.2.1). */
    List<X509Certificate> enrol(byte[] request) throws NotEnrolled {
        return certificates(exchange(request("simpleenroll")
                .header("Authorization", authorization())
                .header("Content-Type", "application/pkcs10")
                .header("Content-Transfer-Encoding", "base64")
                .POST(BodyPublishers.ofByteArray(Base64.getEncoder().encode(request)))
                .build()));
    }

    private HttpRequest.Builder request(String operation) {
        return HttpRequest.newBuilder(activation.place().console().resolve(PATH + operation));
    }

    // RFC 7617; the HTTP client takes headers as String alone.
    private String authorization() {
        byte[] name = (activation.place().gatewayId() + ":").getBytes(StandardCharsets.US_ASCII);
        byte[] code = activation.code();
        byte[] both = Arrays.copyOf(name, name.length + code.length);
        System.arraycopy(code, 0, both, name.length, code.length);
        try {
            return "Basic " + Base64.getEncoder().encodeToString(both);
        } finally {
            Arrays.fill(code, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }

    private byte[] exchange(HttpRequest request) throws NotEnrolled {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, head -> new BoundedBody(MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw ConsoleRefusal.of(response);
            }
            return response.body();
        } catch (TimeoutException e) {
            throw new NotEnrolled(
                    IdentityCode.CONSOLE_UNREACHABLE, "no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotEnrolled(IdentityCode.CONSOLE_UNREACHABLE, "interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private NotEnrolled failure(Throwable cause) {
        Optional<NotEnrolled> refusal = trust.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean tls = cause instanceof SSLException;
        return new NotEnrolled(
                tls ? IdentityCode.CONSOLE_NOT_PROVEN : IdentityCode.CONSOLE_UNREACHABLE, String.valueOf(cause), cause);
    }

    // 4.1.3 and 4.2.3: a certs-only CMC message in base64, which the Java runtime reads as a PKCS#7 bag.
    static List<X509Certificate> certificates(byte[] base64) throws NotEnrolled {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException | IllegalArgumentException e) {
            throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, "no certificates: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(PinnedTrust trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime from 17 on has TLS 1.3", e);
        }
    }
}
