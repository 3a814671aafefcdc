package io.sekimori.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.status.Finding;
import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody plugs in is found, judged and told; nothing that lies on it keeps the gateway from its work. */
class MediaWatchTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration EVERY = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final SetClock clock = new SetClock();
    private Path media;
    private Path stick;
    private MediaWatch watch;

    @BeforeEach
    void plugIn() throws IOException {
        media = Files.createDirectory(folder.resolve("media"));
        stick = Files.createDirectory(media.resolve("STICK"));
        watch = watch(new Settings(media, true, EVERY));
        engine.previews = pack -> pack.toString().contains("mine")
                ? new PlanAnswer.Planned(plan('a'))
                : new PlanAnswer.Refused(new Reason("WRONG_DEVICE", "by test"));
    }

    @Test
    void anUpdateForThisGatewayIsToldAndRecordedOnce() throws Exception {
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        Files.writeString(stick.resolve("theirs.zip"), "a pack");

        watch.look();
        watch.look();

        assertThat(findings()).containsExactly(new Finding("UPDATE_ON_MEDIUM", "mine.zip, assignment 7", NOON));
        assertThat(watch.found()).hasSize(1);
        assertThat(engine.previewed).as("each once").hasSize(2);
        assertThat(engine.applied).as("a person decides").isNull();
        assertThat(audited).hasSize(1);
        assertThat(audited.get(0).action()).isEqualTo("update.found-on-medium");
        assertThat(audited.get(0).detail()).containsEntry("assignment", "7").containsEntry("sha256", "a".repeat(64));
    }

    @Test
    void aMediumThatIsPulledIsForgottenAndFoundAgain() throws Exception {
        Path pack = Files.writeString(stick.resolve("mine.zip"), "a pack");
        watch.look();

        Path away = folder.resolve("away.zip");
        Files.move(pack, away);
        watch.look();
        assertThat(findings()).isEmpty();

        Files.move(away, pack);
        watch.look();
        assertThat(findings()).hasSize(1);
        assertThat(audited).as("who plays with a stick fills no audit").hasSize(1);
    }

    @Test
    void oneThatIsPulledWhileItIsReadIsRefusedAndForgotten() throws Exception {
        Path pack = Files.writeString(stick.resolve("mine.zip"), "a pack");
        engine.previews = file -> {
            file.toFile().delete();
            return new PlanAnswer.Refused(new Reason("PACK_UNREADABLE", "by test"));
        };
        watch.look();
        watch.look();
        assertThat(findings()).isEmpty();

        Files.writeString(pack, "a pack");
        engine.previews = file -> new PlanAnswer.Planned(plan('a'));
        watch.look();
        assertThat(findings()).hasSize(1);
    }

    @Test
    void aStickFullOfFilesCostsAFewReadsEachTime() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            Files.createFile(stick.resolve("theirs-" + i + ".zip"));
        }

        for (int look = 1; look <= 3; look++) {
            watch.look();
            assertThat(engine.previewed).hasSize(look * MediaFinds.MOST_READ);
        }
    }

    @Test
    void linksPipesAndFoldersAreNotOpened() throws Exception {
        Path elsewhere = Files.writeString(folder.resolve("mine.zip"), "a pack");
        Files.createSymbolicLink(stick.resolve("mine.zip"), elsewhere);
        Files.createSymbolicLink(media.resolve("mine"), folder);
        Files.createDirectory(stick.resolve("mine2.zip"));
        Path pipe = stick.resolve("mine3.zip");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pipe).exists();

        watch.look();

        assertThat(engine.previewed).isEmpty();
    }

    @Test
    void aFileOfAnySizeIsHandedOverUnread() throws Exception {
        try (RandomAccessFile huge =
                new RandomAccessFile(stick.resolve("mine.zip").toFile(), "rw")) {
            huge.setLength(5L << 30);
        }

        watch.look();

        assertThat(engine.previewed).hasSize(1);
    }

    @Test
    void whatWasNoUpdateForAMomentIsLookedAtAgainAndAfterEachUpdateEverything() throws Exception {
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        engine.previews = pack -> new PlanAnswer.Refused(new Reason("TRANSITION_OPEN", "by test"));
        watch.look();
        engine.previews = pack -> new PlanAnswer.Planned(plan('a'));
        watch.look();
        assertThat(findings()).hasSize(1);

        engine.running = OptionalInt.of(43);
        engine.previews = pack -> new PlanAnswer.Refused(new Reason("NOTHING_TO_DO", "by test"));
        watch.look();
        assertThat(findings()).isEmpty();
    }

    @Test
    void whatIsNoMoreTakenIsNoMoreTold() throws Exception {
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        watch.look();

        clock.now = NOON.plus(Duration.ofDays(1));
        engine.previews = pack -> new PlanAnswer.Refused(new Reason("EXPIRED_PACK", "by test"));
        watch.look();
        watch.look();

        assertThat(findings()).isEmpty();
    }

    @Test
    void whoWantsNoNoticesHasNothingLookedAt() throws Exception {
        Files.writeString(stick.resolve("mine.zip"), "a pack");

        watch(new Settings(media, false, EVERY)).look();
        watch(new Settings(media, true, Duration.ZERO)).look();

        assertThat(engine.previewed).isEmpty();
    }

    @Test
    void withoutAnEngineOrAnAuditItGoesOn() throws Exception {
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        watch.update = null;
        watch.look();
        assertThat(findings()).isEmpty();

        watch.update = engine;
        watch.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
        };
        watch.look();
        assertThat(findings()).hasSize(1);
    }

    @Test
    void itLooksByItselfAndOneBadLookEndsNothing() throws Exception {
        CountDownLatch looked = new CountDownLatch(2);
        watch = watch(new Settings(media, true, Duration.ofSeconds(5)));
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        engine.previews = pack -> {
            looked.countDown();
            throw new IllegalStateException("by test");
        };

        watch.begin();
        assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
        watch.end();
    }

    @Test
    void aChangedPauseCountsAtOnce() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        watch = watch(new Settings(media, true, Duration.ZERO));
        watch.begin();
        watch.look();
        Files.writeString(stick.resolve("mine.zip"), "a pack");
        engine.previews = pack -> {
            looked.countDown();
            return new PlanAnswer.Planned(plan('a'));
        };

        watch.follow(new Settings(media, true, EVERY));
        assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
        watch.end();
    }

    /** A medium may be a machine that answers otherwise each time it is asked. */
    @Test
    void aFileThatIsAnotherAtEachLookIsJudgedLessAndLessOften() throws Exception {
        Path pack = Files.writeString(stick.resolve("theirs.zip"), "a pack");
        int looks = 24 * 3600 / 15;
        for (int i = 1; i <= looks; i++) {
            touch(pack, i);
            watch.look();
            clock.now = NOON.plus(EVERY.multipliedBy(i));
        }

        assertThat(engine.previewed).hasSizeBetween(24, 24 + 10);
    }

    @Test
    void whatSomebodyExchangesIsJudgedAtTheNextLook() throws Exception {
        Path pack = Files.writeString(stick.resolve("mine.zip"), "half a pa");
        engine.previews = file -> new PlanAnswer.Refused(new Reason("PACK_UNREADABLE", "by test"));
        watch.look();
        Files.writeString(pack, "a pack");
        engine.previews = file -> new PlanAnswer.Planned(plan('a'));

        clock.now = NOON.plus(EVERY);
        watch.look();
        assertThat(findings()).hasSize(1);

        for (int i = 1; i <= 5; i++) {
            clock.now = NOON.plus(Duration.ofHours(2 * i));
            touch(pack, i);
            watch.look();
            assertThat(findings()).as("now and then is not each time").hasSize(1);
        }
        clock.now = NOON;
        touch(pack, 77);
        watch.look();
        assertThat(findings())
                .as("a clock that is set back keeps nothing waiting")
                .hasSize(1);
    }

    @Test
    void filesThatAreAlwaysNewHaveTheirTurnsAndNoMore() throws Exception {
        Path pack = Files.createFile(stick.resolve("theirs.zip"));
        int looks = 3 * 3600 / 15;
        for (int i = 1; i <= looks; i++) {
            for (int each = 0; each < MediaFinds.MOST_READ; each++) {
                Files.deleteIfExists(stick.resolve("theirs-" + (i - 1) + "-" + each + ".zip"));
                Files.createFile(stick.resolve("theirs-" + i + "-" + each + ".zip"));
            }
            touch(pack, i);
            watch.look();
            clock.now = NOON.plus(EVERY.multipliedBy(i));
        }

        assertThat(engine.previewed.size()).isLessThanOrEqualTo(MediaTurns.MOST_TURNS + looks);
        for (Path each : Packs.onSticks(media).stream().map(Pack::file).toList()) {
            Files.delete(each);
        }
        Files.writeString(media.resolve("mine.zip"), "a pack");
        clock.now = clock.now.plus(EVERY);
        watch.look();
        assertThat(findings()).as("whoever comes after it").hasSize(1);
    }

    @Test
    void oneUpdateInManyFilesIsOneFinding() throws Exception {
        for (int i = 0; i < MediaFinds.MOST_READ; i++) {
            Files.writeString(stick.resolve("mine-" + i + ".zip"), "a pack");
        }

        watch.look();

        assertThat(watch.found()).hasSize(MediaFinds.MOST_READ);
        assertThat(findings()).hasSize(1);
    }

    @Test
    void whoFillsTheAuditKeepsItQuietForAWhileOnly() throws Exception {
        Path pack = Files.writeString(stick.resolve("mine.zip"), "a pack");
        watch.look();
        Path away = Files.move(pack, folder.resolve("away.zip"));
        watch.look();
        Files.move(away, pack);
        watch.look();
        assertThat(audited).hasSize(1);

        Files.move(pack, away);
        watch.look();
        Files.move(away, pack);
        clock.now = NOON.plus(MediaFinds.WHILE);
        watch.look();

        assertThat(audited).hasSize(2);
    }

    @Test
    void aPauseIsNeitherABusyLoopNorForEver() {
        for (Duration wrong : List.of(Duration.ofSeconds(1), Duration.ofSeconds(-5), Duration.ofDays(1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Settings(media, true, wrong));
        }
    }

    private MediaWatch watch(Settings settings) {
        MediaWatch made = new MediaWatch(settings, clock, Silent.log());
        made.update = engine;
        made.audit = entry -> {
            audited.add(entry);
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
        return made;
    }

    private static void touch(Path pack, int second) throws IOException {
        Files.setLastModifiedTime(pack, FileTime.from(NOON.plusSeconds(second)));
    }

    private List<Finding> findings() {
        return watch.contribute().findings();
    }

    private static Plan plan(char digit) {
        return new Plan(
                42,
                43,
                7,
                false,
                List.of(),
                List.of(),
                new Plan.Disk(1, 2, 3),
                List.of(),
                new Plan.Signed(String.valueOf(digit).repeat(64), NOON.plus(Duration.ofHours(1)), Optional.empty()),
                List.of());
    }

    /** Stands until it is set. */
    private static final class SetClock extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
