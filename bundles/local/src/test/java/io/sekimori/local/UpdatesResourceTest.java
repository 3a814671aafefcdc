package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.control.ControlAnswer;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebException;
import java.io.ByteArrayInputStream;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdatesResourceTest {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final List<AuditEntry> audited = new ArrayList<>();
    private Map<String, MediaFinds.Find> found = Map.of();
    private Path media;
    private UpdatesResource resource;

    @BeforeEach
    void make() throws IOException {
        media = Files.createDirectory(folder.resolve("media"));
        resource = new UpdatesResource(folder.resolve("data"), settings(), new Advice(List::of), () -> found);
        resource.update = engine;
        resource.log = Silent.log();
        resource.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
    }

    private Settings settings() {
        return new Settings(media, true, Duration.ofSeconds(15));
    }

    @Test
    void whatIsKnownToBeAnUpdateSaysWhatItRemovesBeforeAnybodyChecksIt() throws Exception {
        aPack();
        assertThat(packs()).allSatisfy(pack -> assertThat(pack).doesNotContainKey("update"));

        String id = String.valueOf(packs().get(0).get("id"));
        Pack pack = Packs.onSticks(media).get(0);
        found = Map.of(id, new MediaFinds.Find(pack, FakeEngine.PLAN, Instant.EPOCH));

        assertThat(packs().get(0).get("update"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("remedies", List.of("A door was open."));
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
    void whoIsAtTheMachineFindsTheSamePacksByTheirPlace() throws Exception {
        aPack();

        ControlAnswer answer = new MediaOperation(folder.resolve("data"), settings()).answer(Map.of(), "root");

        Map<String, ?> told = ((ControlAnswer.Done) answer).members();
        assertThat(told.get("media")).isEqualTo("READY");
        assertThat((List<?>) told.get("packs"))
                .singleElement()
                .isEqualTo(
                        with(packs().get(0), "file", media.resolve("update.zip").toString()));
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, String value) {
        Map<String, Object> more = new HashMap<>(members);
        more.put(name, value);
        return more;
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

        assertRefused(404, LocalCode.PACK_UNKNOWN, () -> install(id));
        assertRefused(404, LocalCode.PACK_UNKNOWN, () -> post("checkLocalPack", "pack", "../../etc/passwd"));
        assertThat(engine.applied).isNull();
    }

    @Test
    void aCheckRunsBesideAndItsOutcomeIsKept() throws Exception {
        String id = aPack();

        assertThat(post("checkLocalPack", "pack", id).status()).isEqualTo(202);
        assertThat(check()).containsEntry("state", "RUNNING").containsEntry("by", "yui");
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> post("checkLocalPack", "pack", id));
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> install(id));
        assertRefused(409, LocalCode.CHECK_RUNNING, () -> upload("other.zip", "x"));
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));

        await(() -> check().get("state").equals("PLANNED"));
        assertThat(check().get("plan").toString()).contains("to=43");
    }

    @Test
    void whatIsInstalledIsPlannedNoMore() throws Exception {
        String id = aPack();
        engine.planned.complete(new PlanAnswer.Refused(Reason.of(UpdateCode.PACK_UNREADABLE, "by test")));
        post("checkLocalPack", "pack", id);
        await(() -> check().get("state").equals("REFUSED"));

        install(id);

        assertThat(show().containsKey("check")).isFalse();
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
    void anEngineThatEndsItsThreadEndsTheCheckToo() throws Exception {
        engine.planned.completeExceptionally(new Quiet());
        engine.bare = true;
        post("checkLocalPack", "pack", aPack());

        await(() -> check().get("state").equals("REFUSED"));
        assertThat(check()).containsEntry("code", "ENGINE_FAILED");
    }

    @Test
    void aCheckWhoseThreadCannotBeginIsNone() throws Exception {
        Checks checks = new Checks(work -> {
            throw new OutOfMemoryError("no more threads, by test");
        });
        Pack pack = Pack.of(media.resolve("update.zip"), Pack.Place.STICK, 1, Instant.EPOCH);

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> checks.begin(pack, "yui", engine));

        assertThat(checks.running()).isFalse();
    }

    /** Another stick may have a file of the same name, length and time: the engine is told what was looked at. */
    @Test
    void whatWasCheckedIsInstalledAndNothingElse() throws Exception {
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));
        String id = aPack();
        post("checkLocalPack", "pack", id);
        await(() -> check().get("state").equals("PLANNED"));
        assertThat(((Map<?, ?>) ((Map<?, ?>) check().get("plan")).get("signed")).get("sha256"))
                .isEqualTo(FakeEngine.PLAN.signed().sha256());

        assertThat(install(id).status()).isEqualTo(202);

        assertThat(engine.seen).contains(FakeEngine.PLAN.signed().sha256());
    }

    @Test
    void whatNobodyLookedAtIsNotInstalled() throws Exception {
        String id = aPack();

        assertRefused(409, LocalCode.NOT_CHECKED, () -> post("installLocalPack", "pack", id));
        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> resource.handle(
                        request("installLocalPack").sending(Map.of("pack", id, "sha256", "not a hash"))))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));

        assertThat(engine.applied).isNull();
        assertThat(audited).isEmpty();
    }

    /** A stick that hangs while it is read keeps one thread, and nobody who looks. */
    @Test
    void aStickThatHangsKeepsNobody() {
        Shelf shelf = new Shelf(Duration.ofMillis(10));
        CompletableFuture<List<Pack>> stick = new CompletableFuture<>();
        AtomicLong looks = new AtomicLong();
        Pack pack = Pack.of(media.resolve("update.zip"), Pack.Place.STICK, 1, Instant.EPOCH);

        for (int i = 0; i < 3; i++) {
            assertThat(shelf.look(() -> {
                        looks.incrementAndGet();
                        return stick.join();
                    }))
                    .isEmpty();
        }
        assertThat(looks.get()).isLessThanOrEqualTo(1);
        stick.complete(List.of());

        // The same shelf sees again: the look that hung ends in its own time, and the next one is a new one.
        Instant end = Instant.now().plusSeconds(60);
        List<Pack> seen = List.of();
        while (seen.isEmpty() && Instant.now().isBefore(end)) {
            seen = shelf.look(() -> List.of(pack));
        }
        assertThat(seen).containsExactly(pack);
    }

    @Test
    void whoInstallsAndWhoCancelsIsAuditedBeforeIt() throws Exception {
        install(aPack());
        post("cancelLocalTransition", "id", FakeEngine.ID);

        assertThat(audited)
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
                .containsExactly(
                        tuple("person:yui", "local.install", "update.zip"),
                        tuple("person:yui", "local.cancel", FakeEngine.ID));
        assertThat(audited).allSatisfy(entry -> assertThat(entry.detail()).containsKey("from"));
    }

    @Test
    void withoutAuditNothingIsInstalledAndGoingBackIsPossible() throws Exception {
        String id = aPack();
        install(id);
        resource.audit = null;

        assertRefused(503, UpdateCode.AUDIT_UNAVAILABLE, () -> install(id));
        assertThat(post("cancelLocalTransition", "id", FakeEngine.ID).status()).isEqualTo(202);
    }

    @Test
    void whileSomebodyUploadsEverythingElseGoesOn() throws Exception {
        String id = aPack();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Response> slow = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return resource.handle(uploading("slow.zip", new Waiting(begun, goOn)));
                    } catch (WebException | IOException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
        begun.await();

        assertThat(packs()).extracting(pack -> pack.get("name")).containsExactly("update.zip");
        assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> upload("other.zip", "x"));
        assertThat(post("checkLocalPack", "pack", id).status()).isEqualTo(202);

        goOn.countDown();
        assertThat(slow.get(60, TimeUnit.SECONDS).status()).isEqualTo(201);
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));
    }

    @Test
    void anUploadDoesNotLastForEver() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Upload upload = new Upload(
                Files.createDirectories(folder.resolve("other")), () -> nanos.getAndAdd(TimeUnit.MINUTES.toNanos(20)));

        assertRefused(408, LocalCode.UPLOAD_TOO_SLOW, () -> {
            upload.keep("slow.zip", new ByteArrayInputStream(new byte[200_000]), () -> {});
            return Response.done();
        });
        try (var left = Files.list(upload.folder())) {
            assertThat(left).isEmpty();
        }
    }

    /** Who sends a byte a minute is not waited for until a whole chunk is there. */
    @Test
    void anUploadThatDripsEndsAfterHalfAnHour() throws Exception {
        AtomicLong minutes = new AtomicLong();
        Upload upload = new Upload(
                Files.createDirectories(folder.resolve("other")), () -> TimeUnit.MINUTES.toNanos(minutes.get()));
        InputStream dripping = new InputStream() {
            @Override
            public int read() {
                return minutes.incrementAndGet() > 200_000 ? -1 : 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                target[offset] = (byte) read();
                return 1;
            }
        };

        assertRefused(408, LocalCode.UPLOAD_TOO_SLOW, () -> {
            upload.keep("slow.zip", dripping, () -> {});
            return Response.done();
        });
        assertThat(minutes).hasValue(31);
    }

    /** Somebody began to check it between the first look and the moment when nobody can any more. */
    @Test
    void whatIsBeingReadIsNotExchangedBelow() throws Exception {
        upload("one.zip", "first");
        Upload other = new Upload(folder.resolve("data"));

        assertRefused(409, LocalCode.CHECK_RUNNING, () -> {
            other.keep("two.zip", new ByteArrayInputStream(new byte[1]), () -> {
                throw new WebException(new Problem(409, LocalCode.CHECK_RUNNING, "by test"));
            });
            return Response.done();
        });
        assertThat(packs()).extracting(pack -> pack.get("name")).containsExactly("one.zip");
        String id = packs().get(0).get("id").toString();
        other.alone(() -> {
            assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> post("checkLocalPack", "pack", id));
            assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> install(id));
            return true;
        });
    }

    @Test
    void anOldVersionAnswersWhoStillAsksIt() throws Exception {
        resource.release();
        resource.update = null; // as Declarative Services does
        resource.audit = null;

        assertThat(upload("one.zip", "x").status()).isEqualTo(201);
        assertThat(packs()).hasSize(1);
    }

    @Test
    void aTransitionIsFollowedAndCancelled() throws Exception {
        Response begun = install(aPack());
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
        install(aPack());
        UpdatesResource next = new UpdatesResource(folder.resolve("data"), settings(), new Advice(List::of), Map::of);
        next.update = engine;
        for (int i = 0; i < 3; i++) {
            next.handle(request("showLocalUpdates"));
        }

        assertThat(engine.followed).isEqualTo(1);
    }

    @Test
    void whatTheEngineRefusesIsToldWithItsCode() throws Exception {
        engine.refusing = UpdateCode.UPDATES_DISABLED;

        Response answer = install(aPack());

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
        Request broken = uploading("half.zip", new Breaking());

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

    private Response install(String pack) throws WebException, IOException {
        return resource.handle(request("installLocalPack")
                .sending(Map.of("pack", pack, "sha256", FakeEngine.PLAN.signed().sha256())));
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

    private Request uploading(String name, InputStream body) {
        return new Request(
                route("uploadLocalPack"),
                Map.of(),
                Map.of("name", List.of(name)),
                Map.of(),
                request("uploadLocalPack").peer(),
                java.util.Locale.ENGLISH,
                body,
                request("uploadLocalPack").json());
    }

    /** An error whose trace is not printed. */
    private static final class Quiet extends Error {

        private static final long serialVersionUID = 1L;

        Quiet() {
            super("by test", null, false, false);
        }
    }

    /** A body that comes when the test says. */
    private static final class Waiting extends InputStream {

        private final CountDownLatch begun;
        private final CountDownLatch goOn;
        private boolean given;

        Waiting(CountDownLatch begun, CountDownLatch goOn) {
            this.begun = begun;
            this.goOn = goOn;
        }

        @Override
        public int read() throws IOException {
            if (given) {
                return -1;
            }
            given = true;
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return 'x';
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
