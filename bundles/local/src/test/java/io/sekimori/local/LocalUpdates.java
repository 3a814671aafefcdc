package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The page of updates over an engine of the test's own, with a folder where sticks would be mounted; Yui asks it. */
final class LocalUpdates {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Something that is asked of the resource. */
    interface Asking {
        Response ask() throws WebException, IOException;
    }

    /** Whether it came to be in time. */
    interface Condition {
        boolean holds() throws WebException, IOException;
    }

    final Path data;
    final Path media;
    final FakeEngine engine = new FakeEngine();
    final List<AuditEntry> audited = new ArrayList<>();
    final UpdatesResource resource;
    Map<String, MediaFinds.Find> found = Map.of();

    LocalUpdates(Path folder) throws IOException {
        data = folder.resolve("data");
        media = Files.createDirectory(folder.resolve("media"));
        resource = new UpdatesResource(data, settings(), new Advice(List::of), () -> found);
        resource.update = engine;
        resource.log = Silent.log();
        resource.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
    }

    Settings settings() {
        return new Settings(media, true, Duration.ofSeconds(15));
    }

    /** Puts a pack on the stick; answers its id. */
    String aPack() throws Exception {
        Files.writeString(media.resolve("update.zip"), "a pack");
        return packs().get(0).get("id").toString();
    }

    Response upload(String name, String content) throws WebException, IOException {
        return resource.handle(
                request("uploadLocalPack").where("name", name).sending(content.getBytes(StandardCharsets.UTF_8)));
    }

    Response post(String route, String member, String value) throws WebException, IOException {
        return resource.handle(request(route).sending(Map.of(member, value)));
    }

    Response install(String pack) throws WebException, IOException {
        return resource.handle(request("installLocalPack")
                .sending(Map.of("pack", pack, "sha256", FakeEngine.PLAN.signed().sha256())));
    }

    Map<String, Object> show() throws WebException, IOException {
        return json(resource.handle(request("showLocalUpdates")));
    }

    @SuppressWarnings("unchecked") // what the resource makes
    Map<String, Object> check() throws WebException, IOException {
        return (Map<String, Object>) show().get("check");
    }

    @SuppressWarnings("unchecked") // what the resource makes
    List<Map<String, Object>> packs() throws WebException, IOException {
        return (List<Map<String, Object>>) show().get("packs");
    }

    Request request(String route) {
        return Request.of(route(route), new Caller.Person("yui", "s1", Set.of(Permission.VIEW, Permission.OPERATE)));
    }

    /** An upload whose body comes as the test wants it to. */
    Request uploading(String name, InputStream body) {
        return new Request(
                route("uploadLocalPack"),
                Map.of(),
                Map.of("name", List.of(name)),
                Map.of(),
                request("uploadLocalPack").peer(),
                Locale.ENGLISH,
                body,
                request("uploadLocalPack").json());
    }

    private Route route(String name) {
        return resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Map<String, Object> json(Response response) {
        return new HashMap<>(((Body.Json) response.body()).value());
    }

    static void assertRefused(int status, Enum<?> code, Asking asking) {
        assertThatExceptionOfType(WebException.class).isThrownBy(asking::ask).satisfies(e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().status()).isEqualTo(status);
        });
    }

    static void await(Condition condition) throws WebException, IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
