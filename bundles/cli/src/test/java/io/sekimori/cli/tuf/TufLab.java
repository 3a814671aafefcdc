package io.sekimori.cli.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.cli.Session;
import io.sekimori.trust.JsonObject;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository behind HTTP and the command that examines it, initialised with the first root. */
abstract class TufLab {

    static final long PADDING = 64L << 20;

    @TempDir
    Path directory;

    RepositoryServer repository;
    Session session;
    Path metadata;
    Path downloads;

    @BeforeEach
    void anInitialisedClient() throws Exception {
        session = new Session(directory);
        repository = new RepositoryServer(directory);
        metadata = directory.resolve("metadata");
        downloads = directory.resolve("downloads");
        at(Instant.now());
        init(repository.root());
    }

    @AfterEach
    void stop() {
        repository.close();
    }

    void init(byte[] root) throws Exception {
        Files.write(directory.resolve("first-root.json"), root);
        assertThat(session.run("tuf", "--metadata-dir", metadata.toString(), "init", "first-root.json"))
                .matches(result -> result.exit() == 0);
    }

    void at(Instant time) {
        session.at(time);
    }

    Session.Result refresh() {
        return session.run(
                "tuf", "--metadata-url", repository.metadata(), "--metadata-dir", metadata.toString(), "refresh");
    }

    Session.Result download(String... names) {
        List<String> words = new ArrayList<>(
                List.of("tuf", "--metadata-url", repository.metadata() + "/", "--metadata-dir", metadata.toString()));
        for (String name : names) {
            words.addAll(List.of("--target-name", name));
        }
        words.addAll(
                List.of("--target-dir", downloads.toString(), "--target-base-url", repository.targets(), "download"));
        return session.run(words.toArray(String[]::new));
    }

    void assertAccepted(Session.Result result) {
        assertThat(result.exit()).as(result.err()).isZero();
    }

    void assertRefused(Session.Result result, String code) {
        assertThat(result.err()).startsWith(code + ":");
        assertThat(result.exit()).isEqualTo(1);
    }

    long version(String role) throws Exception {
        return JsonObject.parse(Files.readAllBytes(metadata.resolve(role + ".json")))
                .object("signed")
                .number("version");
    }

    /** Answers with blanks, far more of them than anything may have, and counts those that were taken. */
    AtomicLong pad(String path) {
        AtomicLong sent = new AtomicLong();
        byte[] blanks = new byte[1 << 16];
        Arrays.fill(blanks, (byte) ' ');
        repository.answers.put(path, exchange -> {
            exchange.sendResponseHeaders(200, PADDING);
            OutputStream out = exchange.getResponseBody();
            while (sent.get() < PADDING) {
                out.write(blanks);
                sent.addAndGet(blanks.length);
            }
            out.close();
        });
        return sent;
    }
}
