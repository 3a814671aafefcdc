package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Speaks to one console by REST. A refusal of the console, problem JSON (RFC 9457), becomes a {@link Failure} with the
 * console's code, detail and advice. Confined to one thread.
 */
final class ConsoleClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int GATEWAY_TIMEOUT = 504; // here of a gateway of IoT
    private static final int MAX_ANSWER = 16 << 20;
    private static final int PIECE = 1 << 16;

    private final URI console;
    private final PinnedTrust trust;
    private final Optional<String> token;
    private final String language;
    private final Shell shell;
    private final HttpClient http;

    ConsoleClient(URI console, PinnedTrust trust, Optional<String> token, Shell shell) {
        this.console = console;
        this.trust = trust;
        this.token = token;
        this.language = shell.messages().locale().toLanguageTag();
        this.shell = shell;
        this.http = HttpClient.newBuilder()
                .sslContext(trust.context())
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** The console that this person is signed in at. */
    static ConsoleClient signedIn(Shell shell) throws IOException, Failure {
        Login login = Login.read(shell);
        return new ConsoleClient(
                login.console(), new PinnedTrust(Optional.of(login.pin())), Optional.of(login.token()), shell);
    }

    /**
     * What the console answered.
     *
     * @param json the document; an empty object where there is none
     * @param tag  the entity tag to give back with a change
     */
    record Answer(int status, JsonObject json, Optional<String> tag) {}

    Answer get(String path) throws IOException, Failure {
        return send(request(path).GET());
    }

    Answer post(String path, Map<String, ?> body) throws IOException, Failure {
        return post(path, "application/json", BodyPublishers.ofByteArray(JsonText.bytes(body)), ANSWER);
    }

    /** Asks for something that needs no words. */
    Answer post(String path) throws IOException, Failure {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Sends a document or file of any length. */
    Answer post(String path, String type, BodyPublisher body, Duration patience) throws IOException, Failure {
        return send(request(path).timeout(patience).header("Content-Type", type).POST(body));
    }

    Answer put(String path, Map<String, ?> body, Optional<String> tag) throws IOException, Failure {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(JsonText.bytes(body)));
        tag.ifPresent(value -> request.header("If-Match", value));
        return send(request);
    }

    Answer put(String path, String type, BodyPublisher body, Duration patience) throws IOException, Failure {
        return send(request(path).timeout(patience).header("Content-Type", type).PUT(body));
    }

    Answer delete(String path) throws IOException, Failure {
        return send(request(path).DELETE());
    }

    /** Server-Sent Events, line by line, until the console or the reader closes. */
    Stream<String> events(String path) throws IOException, Failure {
        HttpResponse<Stream<String>> response = exchange(
                request(path)
                        .header("Accept", "text/event-stream")
                        .timeout(Duration.ofDays(1))
                        .GET()
                        .build(),
                BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            response.body().close();
            throw new Failure(ExitCode.REFUSED, "CONSOLE_ANSWER", response.statusCode(), path);
        }
        return response.body();
    }

    /** Hears how much of a download has come. */
    @FunctionalInterface
    interface Downloading {
        void done(long bytes, HttpHeaders said);
    }

    /** Has something made that is longer than an answer, and writes it as it comes. */
    HttpHeaders download(String path, OutputStream to, Downloading heard) throws IOException, Failure {
        HttpRequest request = request(path).POST(BodyPublishers.noBody()).build();
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw refusal(response.statusCode(), parsed(in.readNBytes(MAX_ANSWER)));
            }
            byte[] piece = new byte[PIECE];
            long done = 0;
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                to.write(piece, 0, read);
                done += read;
                heard.done(done, response.headers());
            }
            return response.headers();
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.FAILED, "CONSOLE_ANSWER", response.statusCode(), path).because(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve(path))
                .timeout(ANSWER)
                .header("Accept", "application/json, application/problem+json")
                .header("Accept-Language", language.equals("und") ? "en" : language)
                .header("X-Sekimori", "1");
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, Failure {
        HttpResponse<InputStream> response = exchange(request.build(), BodyHandlers.ofInputStream());
        byte[] body;
        try (InputStream in = response.body()) {
            body = in.readNBytes(MAX_ANSWER + 1);
        }
        try {
            JsonObject json = body.length == 0 ? JsonObject.parse(new byte[] {'{', '}'}) : parsed(body);
            if (response.statusCode() >= 400) {
                throw refusal(response.statusCode(), json);
            }
            return new Answer(response.statusCode(), json, response.headers().firstValue("ETag"));
        } catch (MalformedJson e) {
            throw new Failure(
                            ExitCode.FAILED,
                            "CONSOLE_ANSWER",
                            response.statusCode(),
                            response.uri().getPath())
                    .because(e);
        }
    }

    private static JsonObject parsed(byte[] body) throws MalformedJson {
        return JsonObject.parse(body, MAX_ANSWER);
    }

    private static Failure refusal(int status, JsonObject problem) throws MalformedJson {
        String code = problem.optionalString("code").orElse("CONSOLE_REFUSED");
        String detail = problem.optionalString("detail")
                .or(() -> optional(problem, "title"))
                .orElse("HTTP " + status);
        Failure failure = new Failure(exit(status), code, detail);
        Optional<String> advice = problem.optionalString("advice");
        return advice.isPresent() ? failure.advising(advice.get()) : failure;
    }

    private static ExitCode exit(int status) {
        if (status == GATEWAY_TIMEOUT) {
            return ExitCode.UNREACHABLE;
        }
        return status >= 500 ? ExitCode.FAILED : ExitCode.REFUSED;
    }

    private static Optional<String> optional(JsonObject json, String name) {
        try {
            return json.optionalString(name);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, Failure {
        try {
            return http.send(request, handler);
        } catch (SSLException e) {
            throw new Failure(
                            ExitCode.REFUSED,
                            "CONSOLE_UNTRUSTED",
                            console,
                            trust.met().orElse("-"))
                    .because(e);
        } catch (IOException e) {
            String why = e.getMessage() == null ? shell.messages().text("console.nothingListens") : e.getMessage();
            throw new Failure(ExitCode.UNREACHABLE, "CONSOLE_UNREACHABLE", console, why).because(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.CANCELLED, "INTERRUPTED").because(e);
        }
    }
}
