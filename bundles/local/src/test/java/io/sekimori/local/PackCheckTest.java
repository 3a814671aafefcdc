package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine looks at a pack before anybody installs it, and its outcome is kept. */
class PackCheckTest {

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
    void aCheckRunsBesideAndItsOutcomeIsKept() throws Exception {
        String id = page.aPack();

        assertThat(page.post("checkLocalPack", "pack", id).status()).isEqualTo(202);
        assertThat(page.check()).containsEntry("state", "RUNNING").containsEntry("by", "yui");
        LocalUpdates.assertRefused(409, LocalCode.CHECK_RUNNING, () -> page.post("checkLocalPack", "pack", id));
        LocalUpdates.assertRefused(409, LocalCode.CHECK_RUNNING, () -> page.install(id));
        LocalUpdates.assertRefused(409, LocalCode.CHECK_RUNNING, () -> page.upload("other.zip", "x"));
        engine.planned.complete(new PlanAnswer.Planned(FakeEngine.PLAN));

        LocalUpdates.await(() -> page.check().get("state").equals("PLANNED"));
        assertThat(page.check().get("plan").toString()).contains("to=43");
    }

    @Test
    void whatIsInstalledIsPlannedNoMore() throws Exception {
        String id = page.aPack();
        engine.planned.complete(new PlanAnswer.Refused(Reason.of(UpdateCode.PACK_UNREADABLE, "by test")));
        page.post("checkLocalPack", "pack", id);
        LocalUpdates.await(() -> page.check().get("state").equals("REFUSED"));

        page.install(id);

        assertThat(page.show().containsKey("check")).isFalse();
    }

    @Test
    void aRefusedPackIsToldWithItsReason() throws Exception {
        engine.planned.complete(new PlanAnswer.Refused(Reason.of(UpdateCode.PACK_UNREADABLE, "by test")));
        page.post("checkLocalPack", "pack", page.aPack());

        LocalUpdates.await(() -> page.check().get("state").equals("REFUSED"));
        assertThat(page.check()).containsEntry("code", "PACK_UNREADABLE").containsEntry("detail", "by test");
    }

    @Test
    void anEngineThatFailsEndsTheCheck() throws Exception {
        engine.planned.completeExceptionally(new IllegalStateException("by test"));
        page.post("checkLocalPack", "pack", page.aPack());

        LocalUpdates.await(() -> page.check().get("state").equals("REFUSED"));
        assertThat(page.check()).containsEntry("code", "ENGINE_FAILED");
    }

    @Test
    void anEngineThatEndsItsThreadEndsTheCheckToo() throws Exception {
        engine.planned.completeExceptionally(new Quiet());
        engine.bare = true;
        page.post("checkLocalPack", "pack", page.aPack());

        LocalUpdates.await(() -> page.check().get("state").equals("REFUSED"));
        assertThat(page.check()).containsEntry("code", "ENGINE_FAILED");
    }

    @Test
    void aCheckWhoseThreadCannotBeginIsNone() throws Exception {
        Checks checks = new Checks(work -> {
            throw new OutOfMemoryError("no more threads, by test");
        });
        Pack pack = Pack.of(page.media.resolve("update.zip"), Pack.Place.STICK, 1, Instant.EPOCH);

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> checks.begin(pack, "yui", engine));

        assertThat(checks.running()).isFalse();
    }

    /** An error whose trace is not printed. */
    private static final class Quiet extends Error {

        private static final long serialVersionUID = 1L;

        Quiet() {
            super("by test", null, false, false);
        }
    }
}
