package io.sekimori.identity.device;

import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.IdentityCode;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * Asks a console over HTTPS: TLS 1.3, bounded in time and size, redirections are not followed. Confined to one thread.
 */
final class Exchange {

    private static final int MAX_ANSWER_BYTES = 64 << 10;
    private static final String EST = "/.well-known/est/";

    private final URI console;
    private final Duration patience;
    private final Supplier<Optional<NotEnrolled>> mistrust;
    private final HttpClient http;

    /**
     * @param patience how long one answer may take, the connection included
     * @param proxy the way there, if not directly
     * @param mistrust why the server was refused, if whoever judged it knows
     */
    Exchange(
            URI console,
            SSLContext context,
            Duration patience,
            Optional<HttpProxy> proxy,
            Supplier<Optional<NotEnrolled>> mistrust) {
        this.console = console;
        this.patience = patience;
        this.mistrust = mistrust;
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3"});
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .sslContext(context)
                .sslParameters(tls);
        proxy.ifPresent(way -> way.carry(client));
        this.http = client.build();
    }

    HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(console.resolve(path));
    }

    /** The CA's certificates (RFC 7030 4.1). */
    List<X509Certificate> caCertificates() throws NotEnrolled {
        return certificates(caAnswer());
    }

    /** The answer with the CA's certificates, and what its root revoked. */
    byte[] caAnswer() throws NotEnrolled {
        return ask(at(EST + "cacerts").GET().build());
    }

    /** The certificates that answer a PKCS#10 request in DER (4.2.1, 4.2.2). */
    List<X509Certificate> certify(String operation, byte[] request, String... headers) throws NotEnrolled {
        HttpRequest.Builder builder = at(EST + operation)
                .header("Content-Type", "application/pkcs10")
                .header("Content-Transfer-Encoding", "base64")
                .POST(BodyPublishers.ofByteArray(Base64.getEncoder().encode(request)));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return certificates(ask(builder.build()));
    }

    /** The body of the answer 200. */
    byte[] ask(HttpRequest request) throws NotEnrolled {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, head -> new BoundedBody(MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            Optional<String> proxy = HttpProxy.refusal(response.statusCode());
            if (proxy.isPresent()) {
                throw new NotEnrolled(IdentityCode.CONSOLE_UNREACHABLE, proxy.get(), null);
            }
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
        boolean tls = cause instanceof SSLException;
        return mistrust.get()
                .orElseGet(() -> new NotEnrolled(
                        tls ? IdentityCode.CONSOLE_NOT_PROVEN : IdentityCode.CONSOLE_UNREACHABLE,
                        String.valueOf(cause),
                        cause));
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

    /** The revocation lists that are in the same bag, if there are any. */
    static Collection<X509CRL> lists(byte[] base64) throws NotEnrolled {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(der)).stream()
                    .map(X509CRL.class::cast)
                    .toList();
        } catch (CertificateException | CRLException | IllegalArgumentException e) {
            throw new NotEnrolled(IdentityCode.ANSWER_MALFORMED, "no revocation lists: " + e.getMessage(), e);
        }
    }
}
