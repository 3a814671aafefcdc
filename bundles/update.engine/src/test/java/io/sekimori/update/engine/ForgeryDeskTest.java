package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.update.Forgeries.Forgery;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

/** Forged mandates and words of the time are counted, and no flood of them fills or wears out anything. */
class ForgeryDeskTest {

    private static final Logger LOG = (Logger) Proxy.newProxyInstance(
            ForgeryDeskTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong(-7);

    @Test
    void theFirstIsKeptAtOnceAndAFloodIsWrittenOnceAMinute() throws Exception {
        ForgeryDesk desk = desk();
        desk.refused(Forgery.MANDATE_SIGNATURE);
        assertThat(kept().total()).as("after a power cut").isEqualTo(1);

        for (int i = 0; i < 100_000; i++) {
            desk.refused(Forgery.TIME_SIGNATURE);
        }
        assertThat(kept().total()).isEqualTo(1);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        desk.refused(Forgery.TIME_SIGNATURE);

        assertThat(kept().total()).isEqualTo(100_002);
        assertThat(Files.size(folder.resolve("data").resolve(ForgeryCount.FILE)))
                .isLessThan(1_000);
        desk.refused(Forgery.MANDATE_OTHER_UNIT);
        desk.end();
        desk.refused(Forgery.TIME_REPLAYED);
        assertThat(kept().total()).isEqualTo(100_004);
        desk().refused(Forgery.TIME_REPLAYED);
        assertThat(kept().total()).as("after a restart").isEqualTo(100_005);
    }

    @Test
    void whatIsOfTheLastWeekIsTold() throws Exception {
        desk().refused(Forgery.MANDATE_SIGNATURE);

        assertThat(kept().lines(NOON.plus(Duration.ofDays(6))))
                .containsExactly("ATTACK MANDATE_SIGNATURE by console, seen 1, last 2026-11-22T12:00:00Z");
        assertThat(kept().lines(NOON.plus(Duration.ofDays(7)))).isEmpty();
        assertThat(kept().total()).isEqualTo(1);
    }

    @Test
    void whatIsDamagedBeginsAnewAndWhatCannotBeKeptWaits() throws Exception {
        Files.writeString(folder.resolve("data"), "a file where the folder would be");
        ForgeryDesk desk = desk();
        desk.refused(Forgery.MANDATE_SIGNATURE);
        Files.delete(folder.resolve("data"));
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("data").resolve(ForgeryCount.FILE), "{\"MANDATE_SIGNATURE\":7}");

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        desk.refused(Forgery.MANDATE_SIGNATURE);

        assertThat(kept().total()).isEqualTo(2);
    }

    @Test
    void aCountThatTheDiskDoesNotGiveForAMomentIsNotWrittenOver() throws Exception {
        Path file = folder.resolve("data").resolve(ForgeryCount.FILE);
        desk().refused(Forgery.TIME_REPLAYED);
        Path away = Files.move(file, folder.resolve("away"));
        Files.createDirectory(file);
        ForgeryDesk desk = desk();
        desk.refused(Forgery.MANDATE_SIGNATURE);
        desk.end();

        Files.delete(file);
        Files.move(away, file);
        desk.end();

        assertThat(kept().seen().get(Forgery.TIME_REPLAYED).times()).isEqualTo(1);
        assertThat(kept().seen().get(Forgery.MANDATE_SIGNATURE).times()).isEqualTo(1);
    }

    /** The disk fails after the file has taken its place: at the sync of its folder. */
    @Test
    void whatTheDiskTookAndDidNotSaySoCountsOnce() throws Exception {
        ForgeryDesk desk = desk((count, where) -> {
            count.write(where);
            throw new IOException("by test");
        });
        desk.refused(Forgery.MANDATE_SIGNATURE);
        desk.refused(Forgery.TIME_SIGNATURE);
        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            desk.refused(Forgery.TIME_SIGNATURE);
        }
        desk.end();

        assertThat(kept().seen().get(Forgery.MANDATE_SIGNATURE).times()).isEqualTo(1);
        assertThat(kept().seen().get(Forgery.TIME_SIGNATURE).times()).isEqualTo(4);
    }

    @Test
    void whatTheDiskDidNotTakeIsNotLost() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        ForgeryDesk desk = desk((count, where) -> {
            if (broken.get()) {
                throw new IOException("by test");
            }
            count.write(where);
        });
        for (int i = 0; i < 3; i++) {
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            desk.refused(Forgery.TIME_SIGNATURE);
        }
        assertThat(kept().total()).isZero();

        broken.set(false);
        desk.end();

        assertThat(kept().total()).isEqualTo(3);
    }

    @Test
    void whatTheDiskDidNotTakeIsTold() {
        List<Object> warnings = new ArrayList<>();
        Logger log = Fake.of(Logger.class, Map.of("warn", arguments -> warnings.add(arguments[0]) ? null : this));
        ForgeryDesk.Keeping broken = (count, where) -> {
            throw new IOException("by test");
        };

        new ForgeryDesk(folder, Clock.fixed(NOON, ZoneOffset.UTC), nanos::get, broken, log)
                .refused(Forgery.TIME_SIGNATURE);

        assertThat(warnings).containsExactly("The count of forgeries cannot be kept yet: {}");
    }

    private ForgeryDesk desk() {
        return desk(ForgeryCount::write);
    }

    private ForgeryDesk desk(ForgeryDesk.Keeping keeping) {
        return new ForgeryDesk(folder.resolve("data"), Clock.fixed(NOON, ZoneOffset.UTC), nanos::get, keeping, LOG);
    }

    private ForgeryCount kept() throws IOException {
        return ForgeryCount.read(folder.resolve("data"));
    }
}
