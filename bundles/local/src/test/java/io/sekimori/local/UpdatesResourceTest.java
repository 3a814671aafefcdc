package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdatesResourceTest {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final List<AuditEntry> audited = new ArrayList<>();
    private Path media;
    private UpdatesResource resource;

    @BeforeEach
    void make() throws IOException {
        media = Files.createDirectory(folder.resolve("media"));
        resource = new UpdatesResource(folder.resolve("data"), new Settings(media), new Advice(List::of));
        resource.update = engine;
        resource.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
    }

    @Test
    void packsOnSticksAreFoundAndNothingElse() throws Exception {
        Path stick = Files.createDirectory(media.resolve("STICK"));
        Files.writeString(stick.resolve("update.zip"), "a pack");
        Files.writeString(media.resolve("UP.ZIP"), "a pack");
        Files.writeString(stick.resolve("photo.jpg"), "no pack");
        Files.writeString(stick.resolve("._update.zip"), "what a desktop left");
        Files.createDirectory(stick.resolve("folder.zip"));
        Files.writeString(folder.resolve("secret.zip"), "elsewhere");
        Files.createSymbolicLink(stick.resolve("link.zip"), folder.resolve("secret.zip"));
        Files.createSymbolicLink(media.resolve("way-out"), folder);

        assertThat(packs()).extracting(pack -> pack.get("name")).containsExactlyInAnyOrder("update.zip", "UP.ZIP");
        assertThat(show()).containsEntry("media", "READY");
    }

    @Test
    void aHostileNameIsShownWithoutItsTricks() throws Exception {
        Files.writeString(media.resolve("a\u202epiz\u0007.zip"), "a pack");

        assertThat(packs()).extracting(pack -> pack.get("name")).containsExactly("a?piz?.zip");
    }

    @Test
    void aStickFullOfFilesIsBounded() throws Exception {
        for (int i = 0; i < 120; i++) {
            Files.writeString(media.resolve("p" + i + ".zip"), "a pack");
        }

        assertThat(packs()).hasSize(50);
    }

    @Test
    void withoutStickThereIsNoneAndTheFolderIsSaidToBeAbsent() throws Exception {
        Files.delete(media);

        assertThat(packs()).isEmpty();
        assertThat(show()).containsEntry("media", "ABSENT");
    }

    @Test
    void aPackThatChangedSinceItWasListedIsUnknown() throws Exception {
        Files.writeString(media.resolve("update.zip"), "a pack");
        String id = packs().get(0).get("id").toString();
        Files.writeString(media.resolve("update.zip"), "another pack");

        assertRefused(404, LocalCode.PACK_UNKNOWN, () -> post("installLocalPack", "pack", id));
        assertRefused(404, LocalCode.PACK_UNKNOWN, () -> post("checkLocalPack", "pack", "../../etc/passwd"));
        assertThat(engine.applied).isNull();
    }

    @Test
    void aCheckRunsBesideAndItsOutcomeIsKept() throws Exception {
        String id = aPack();

        assertThat(post("checkLocalPack", "pack", id).status()).isEqualTo(202);
        assertThat(check()).containsEntry("state", "RUNNING").containsEntry("by", "yui");
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> post("checkLocalPack", "pack", id));
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> post("installLocalPack", "pack", id));
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> upload("other.zip", "x"));
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));

        await(() -> check().get("state").equals("PLANNED"));
        assertThat(check().get("plan").toString()).contains("to=43");
    }

    @Test
    void aRefusedPackIsToldWithItsReason() throws Exception {
        engine.planned.complete(new PlanAnswer.Refused(Reason.of(UpdateCode.PACK_UNREADABLE, "by test")));
        post("checkLocalPack", "pack", aPack());

        await(() -> check().get("state").equals("REFUSED"));
        assertThat(check()).containsEntry("code", "PACK_UNREADABLE").containsEntry("detail", "by test");
    }

    @Test
    void anEngineThatFailsEndsTheCheck() throws Exception {
        engine.planned.completeExceptionally(new IllegalStateException("by test"));
        post("checkLocalPack", "pack", aPack());

        await(() -> check().get("state").equals("REFUSED"));
        assertThat(check()).containsEntry("code", "ENGINE_FAILED");
    }

    @Test
    void aTransitionIsFollowedAndCancelled() throws Exception {
        Response begun = post("installLocalPack", "pack", aPack());
        assertThat(json(begun)).containsEntry("id", FakeEngine.ID);

        engine.progress("hashing");

        Map<?, ?> open = (Map<?, ?>) show().get("transition");
        assertThat(open.get("step")).isEqualTo("hashing");
        assertThat(open.get("person")).isEqualTo("yui");
        assertThat(open.get("channel")).isEqualTo("page");
        assertThat(post("cancelLocalTransition", "id", FakeEngine.ID).status()).isEqualTo(202);
        assertRefused(409, LocalCode.NOT_CANCELLABLE, () -> post("cancelLocalTransition", "id", "t-9"));
        assertRefused(409, UpdateCode.TRANSITION_OPEN, () -> upload("other.zip", "x"));
    }

    @Test
    void aTransitionOfSomebodyElseIsFollowedOnceForEachEngine() throws Exception {
        post("installLocalPack", "pack", aPack());
        UpdatesResource next = new UpdatesResource(folder.resolve("data"), new Settings(media), new Advice(List::of));
        next.update = engine;
        for (int i = 0; i < 3; i++) {
            next.handle(request("showLocalUpdates"));
        }

        assertThat(engine.followed).isEqualTo(1);
    }

    @Test
    void whatTheEngineRefusesIsToldWithItsCode() throws Exception {
        engine.refusing = UpdateCode.UPDATES_DISABLED;

        Response answer = post("installLocalPack", "pack", aPack());

        assertThat(answer.status()).isEqualTo(409);
        Body.Refused refused = (Body.Refused) answer.body();
        assertThat(refused.problem().code()).isEqualTo(LocalCode.NOT_STARTED);
        assertThat(refused.problem().facts().get("reason")).isEqualTo("UPDATES_DISABLED");
    }

    @Test
    void anUploadReplacesTheOneBeforeAndIsAudited() throws Exception {
        upload("one.zip", "first");
        Response second = upload("two.zip", "second");

        assertThat(second.status()).isEqualTo(201);
        assertThat(packs()).extracting(pack -> pack.get("name")).containsExactly("two.zip");
        assertThat(audited).extracting(AuditEntry::actor).containsOnly("person:yui");
        assertThat(resource.handle(request("removeLocalPack")).status()).isEqualTo(204);
        assertThat(packs()).isEmpty();
    }

    /** The phone goes out of reach, or the power goes: nothing is taken for a pack, and the next upload clears it away. */
    @Test
    void halfAnUploadIsNoPack() throws Exception {
        Request broken = new Request(
                route("uploadLocalPack"),
                Map.of(),
                Map.of("name", List.of("half.zip")),
                Map.of(),
                request("uploadLocalPack").peer(),
                java.util.Locale.ENGLISH,
                new Breaking(),
                request("uploadLocalPack").json());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> resource.handle(broken));
        assertThat(packs()).isEmpty();
        Files.writeString(folder.resolve("data/upload/.unfinished-upload"), "what a power cut left");
        assertThat(packs()).isEmpty();

        upload("whole.zip", "whole");

        assertThat(packs()).hasSize(1);
        try (var left = Files.list(folder.resolve("data/upload"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aNameThatLeavesItsPlaceIsRefused() {
        for (String name : new String[] {"", "../x.zip", "a/b.zip", ".hidden.zip", "x.exe", "x".repeat(200) + ".zip"}) {
            assertThatExceptionOfType(WebException.class)
                    .isThrownBy(() -> upload(name, "x"))
                    .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
        }
        assertThat(folder.resolve("data/upload")).doesNotExist();
    }

    @Test
    void withoutAuditNothingIsUploaded() throws Exception {
        resource.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
        };
        assertRefused(503, AuditCode.AUDIT_UNWRITABLE, () -> upload("one.zip", "x"));
        resource.audit = null;
        assertRefused(503, UpdateCode.AUDIT_UNAVAILABLE, () -> upload("one.zip", "x"));
        assertThat(packs()).isEmpty();
    }

    @Test
    void withoutAnEngineNothingIsAnswered() {
        resource.update = null;

        assertThatExceptionOfType(WebException.class)
                .isThrownBy(this::show)
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
    }

    @Test
    void whoLooksNeedsViewAndWhoChangesNeedsOperate() {
        assertThat(resource.routes())
                .allSatisfy(route -> assertThat(route.permission())
                        .isEqualTo(route.method() == Route.Method.GET ? Permission.VIEW : Permission.OPERATE));
    }

    private String aPack() throws Exception {
        Files.writeString(media.resolve("update.zip"), "a pack");
        return packs().get(0).get("id").toString();
    }

    private Response upload(String name, String content) throws WebException, IOException {
        return resource.handle(
                request("uploadLocalPack").where("name", name).sending(content.getBytes(StandardCharsets.UTF_8)));
    }

    private Response post(String route, String member, String value) throws WebException, IOException {
        return resource.handle(request(route).sending(Map.of(member, value)));
    }

    private Map<String, Object> show() throws WebException, IOException {
        return json(resource.handle(request("showLocalUpdates")));
    }

    @SuppressWarnings("unchecked") // what the resource makes
    private Map<String, Object> check() throws WebException, IOException {
        return (Map<String, Object>) show().get("check");
    }

    @SuppressWarnings("unchecked") // what the resource makes
    private List<Map<String, Object>> packs() throws WebException, IOException {
        return (List<Map<String, Object>>) show().get("packs");
    }

    private Request request(String route) {
        return Request.of(route(route), new Caller.Person("yui", "s1", Set.of(Permission.VIEW, Permission.OPERATE)));
    }

    private Route route(String name) {
        return resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> json(Response response) {
        return new HashMap<>(((Body.Json) response.body()).value());
    }

    /** Something that is asked of the resource. */
    private interface Asking {
        Response ask() throws WebException, IOException;
    }

    private static void assertRefused(int status, Enum<?> code, Asking asking) {
        assertThatExceptionOfType(WebException.class).isThrownBy(asking::ask).satisfies(e -> {
            assertThat(e.problem().code()).isEqualTo(code);
            assertThat(e.problem().status()).isEqualTo(status);
        });
    }

    /** Whether it came to be in time. */
    private interface Condition {
        boolean holds() throws WebException, IOException;
    }

    private static void await(Condition condition) throws WebException, IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A body that breaks off. */
    private static final class Breaking extends InputStream {

        private int given;

        @Override
        public int read() throws IOException {
            if (given++ > 1_000) {
                throw new IOException("by test");
            }
            return 'x';
        }
    }
}
