package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.control.ControlAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs on sticks are found, whatever else lies there and however a stick behaves. */
class StickTest {

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
    void whatIsKnownToBeAnUpdateSaysWhatItRemovesBeforeAnybodyChecksIt() throws Exception {
        page.aPack();
        assertThat(page.packs()).allSatisfy(pack -> assertThat(pack).doesNotContainKey("update"));

        String id = String.valueOf(page.packs().get(0).get("id"));
        Pack pack = Packs.onSticks(page.media).get(0);
        page.found = Map.of(id, new MediaFinds.Find(pack, FakeEngine.PLAN, Instant.EPOCH));

        assertThat(page.packs().get(0).get("update"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("remedies", List.of("A door was open."));
    }

    @Test
    void packsOnSticksAreFoundAndNothingElse() throws Exception {
        Path stick = Files.createDirectory(page.media.resolve("STICK"));
        Files.writeString(stick.resolve("update.zip"), "a pack");
        Files.writeString(page.media.resolve("UP.ZIP"), "a pack");
        Files.writeString(stick.resolve("photo.jpg"), "no pack");
        Files.writeString(stick.resolve("._update.zip"), "what a desktop left");
        Files.createDirectory(stick.resolve("folder.zip"));
        Files.writeString(folder.resolve("secret.zip"), "elsewhere");
        Files.createSymbolicLink(stick.resolve("link.zip"), folder.resolve("secret.zip"));
        Files.createSymbolicLink(page.media.resolve("way-out"), folder);

        assertThat(page.packs()).extracting(pack -> pack.get("name")).containsExactlyInAnyOrder("update.zip", "UP.ZIP");
        assertThat(page.show()).containsEntry("media", "READY");
    }

    @Test
    void whoIsAtTheMachineFindsTheSamePacksByTheirPlace() throws Exception {
        page.aPack();

        ControlAnswer answer = new MediaOperation(folder.resolve("data"), page.settings()).answer(Map.of(), "root");

        Map<String, ?> told = ((ControlAnswer.Done) answer).members();
        assertThat(told.get("media")).isEqualTo("READY");
        assertThat((List<?>) told.get("packs"))
                .singleElement()
                .isEqualTo(with(
                        page.packs().get(0),
                        "file",
                        page.media.resolve("update.zip").toString()));
    }

    private static Map<String, Object> with(Map<String, Object> members, String name, String value) {
        Map<String, Object> more = new HashMap<>(members);
        more.put(name, value);
        return more;
    }

    @Test
    void aHostileNameIsShownWithoutItsTricks() throws Exception {
        Files.writeString(page.media.resolve("a\u202epiz\u0007.zip"), "a pack");

        assertThat(page.packs()).extracting(pack -> pack.get("name")).containsExactly("a?piz?.zip");
    }

    @Test
    void aStickFullOfFilesIsBounded() throws Exception {
        for (int i = 0; i < 120; i++) {
            Files.writeString(page.media.resolve("p" + i + ".zip"), "a pack");
        }

        assertThat(page.packs()).hasSize(50);
    }

    @Test
    void withoutStickThereIsNoneAndTheFolderIsSaidToBeAbsent() throws Exception {
        Files.delete(page.media);

        assertThat(page.packs()).isEmpty();
        assertThat(page.show()).containsEntry("media", "ABSENT");
    }

    @Test
    void aPackThatChangedSinceItWasListedIsUnknown() throws Exception {
        Files.writeString(page.media.resolve("update.zip"), "a pack");
        String id = page.packs().get(0).get("id").toString();
        Files.writeString(page.media.resolve("update.zip"), "another pack");

        LocalUpdates.assertRefused(404, LocalCode.PACK_UNKNOWN, () -> page.install(id));
        LocalUpdates.assertRefused(
                404, LocalCode.PACK_UNKNOWN, () -> page.post("checkLocalPack", "pack", "../../etc/passwd"));
        assertThat(engine.applied).isNull();
    }

    /** A stick that hangs while it is read keeps one thread, and nobody who looks. */
    @Test
    void aStickThatHangsKeepsNobody() {
        Shelf shelf = new Shelf(Duration.ofMillis(10));
        CompletableFuture<List<Pack>> stick = new CompletableFuture<>();
        AtomicLong looks = new AtomicLong();
        Pack pack = Pack.of(page.media.resolve("update.zip"), Pack.Place.STICK, 1, Instant.EPOCH);

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
}
