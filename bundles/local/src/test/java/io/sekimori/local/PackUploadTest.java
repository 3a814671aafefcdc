package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Response;
import io.sekimori.web.WebException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pack is uploaded whole or not at all, in bounded time, and replaces nothing that is being read. */
class PackUploadTest {

    @TempDir
    Path folder;

    private LocalUpdates page;
    private FakeEngine engine;

    @BeforeEach
    void make() throws IOException {
        page = new LocalUpdates(folder);
        engine = page.engine;
    }

    @Test
    void anUploadReplacesTheOneBeforeAndIsAudited() throws Exception {
        page.upload("one.zip", "first");
        Response second = page.upload("two.zip", "second");

        assertThat(second.status()).isEqualTo(201);
        assertThat(page.packs()).extracting(pack -> pack.get("name")).containsExactly("two.zip");
        assertThat(page.audited).extracting(AuditEntry::actor).containsOnly("person:yui");
        assertThat(page.resource.handle(page.request("removeLocalPack")).status())
                .isEqualTo(204);
        assertThat(page.packs()).isEmpty();
    }

    /** The phone goes out of reach, or the power goes: nothing is taken for a pack, and the next upload clears it away. */
    @Test
    void halfAnUploadIsNoPack() throws Exception {
        Request broken = page.uploading("half.zip", new Breaking());

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> page.resource.handle(broken));
        assertThat(page.packs()).isEmpty();
        Files.writeString(folder.resolve("data/upload/.unfinished-upload"), "what a power cut left");
        assertThat(page.packs()).isEmpty();

        page.upload("whole.zip", "whole");

        assertThat(page.packs()).hasSize(1);
        try (var left = Files.list(folder.resolve("data/upload"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void whileSomebodyUploadsEverythingElseGoesOn() throws Exception {
        String id = page.aPack();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Response> slow = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return page.resource.handle(page.uploading("slow.zip", new Waiting(begun, goOn)));
                    } catch (WebException | IOException e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
        begun.await();

        assertThat(page.packs()).extracting(pack -> pack.get("name")).containsExactly("update.zip");
        LocalUpdates.assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> page.upload("other.zip", "x"));
        assertThat(page.post("checkLocalPack", "pack", id).status()).isEqualTo(202);

        goOn.countDown();
        assertThat(slow.get(60, TimeUnit.SECONDS).status()).isEqualTo(201);
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));
    }

    @Test
    void anUploadDoesNotLastForEver() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Upload upload = new Upload(
                Files.createDirectories(folder.resolve("other")), () -> nanos.getAndAdd(TimeUnit.MINUTES.toNanos(20)));

        LocalUpdates.assertRefused(408, LocalCode.UPLOAD_TOO_SLOW, () -> {
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

        LocalUpdates.assertRefused(408, LocalCode.UPLOAD_TOO_SLOW, () -> {
            upload.keep("slow.zip", dripping, () -> {});
            return Response.done();
        });
        assertThat(minutes).hasValue(31);
    }

    /** Somebody began to check it between the first look and the moment when nobody can any more. */
    @Test
    void whatIsBeingReadIsNotExchangedBelow() throws Exception {
        page.upload("one.zip", "first");
        Upload other = new Upload(folder.resolve("data"));

        LocalUpdates.assertRefused(409, LocalCode.CHECK_RUNNING, () -> {
            other.keep("two.zip", new ByteArrayInputStream(new byte[1]), () -> {
                throw new WebException(new Problem(409, LocalCode.CHECK_RUNNING, "by test"));
            });
            return Response.done();
        });
        assertThat(page.packs()).extracting(pack -> pack.get("name")).containsExactly("one.zip");
        String id = page.packs().get(0).get("id").toString();
        other.alone(() -> {
            LocalUpdates.assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> page.post("checkLocalPack", "pack", id));
            LocalUpdates.assertRefused(409, LocalCode.UPLOAD_RUNNING, () -> page.install(id));
            return true;
        });
    }

    @Test
    void aNameThatLeavesItsPlaceIsRefused() {
        for (String name : new String[] {"", "../x.zip", "a/b.zip", ".hidden.zip", "x.exe", "x".repeat(200) + ".zip"}) {
            assertThatExceptionOfType(WebException.class)
                    .isThrownBy(() -> page.upload(name, "x"))
                    .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
        }
        assertThat(folder.resolve("data/upload")).doesNotExist();
    }

    @Test
    void withoutAuditNothingIsUploaded() throws Exception {
        page.resource.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
        };
        LocalUpdates.assertRefused(503, AuditCode.AUDIT_UNWRITABLE, () -> page.upload("one.zip", "x"));
        page.resource.audit = null;
        LocalUpdates.assertRefused(503, UpdateCode.AUDIT_UNAVAILABLE, () -> page.upload("one.zip", "x"));
        assertThat(page.packs()).isEmpty();
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
