package io.sekimori.update.engine;

import static io.sekimori.update.engine.Generations.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes from the disk, and what must not. */
class TidyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    private Path work;

    private Unit unit;
    private io.sekimori.generation.Generations generations;

    @BeforeEach
    void fourGenerations() throws Exception {
        unit = new Unit(work.resolve("unit"));
        generations = new io.sekimori.generation.Generations(unit);
        Files.createDirectories(unit.store().directory());
        for (int number = 1; number <= 4; number++) {
            generations.write(of(number), Evidence.of(Map.of(), Map.of()));
            Files.writeString(unit.store().path(app(number).sha256()), "its bytes");
        }
        new Pointer(unit).commit(new Confirmed(4, Optional.of(2), Map.of()));
    }

    @Test
    void whatIsConfirmedItsFallbackAndWhatWasStartedStay() throws Exception {
        assertThat(tidy(3).collect()).isEmpty();

        assertThat(generations.numbers()).containsExactly(2, 3, 4);
        assertThat(unit.store().digests()).containsExactlyInAnyOrder(digest(2), digest(3), digest(4));
    }

    @Test
    void whatWasStartedAndIsGoneHindersNothing() throws Exception {
        assertThat(tidy(9).collect()).isEmpty();

        assertThat(generations.numbers()).containsExactly(2, 4);
        assertThat(unit.store().digests()).containsExactlyInAnyOrder(digest(2), digest(4));
    }

    /** Which files are needed is not known then. */
    @Test
    void whereOneThatIsNeededCannotBeReadNothingGoes() throws Exception {
        Files.writeString(unit.generationFile(2), "{");

        assertThat(tidy(4).collect())
                .hasValueSatisfying(told -> assertThat(told)
                        .startsWith("not everything was collected: ")
                        .contains("generation 2"));

        assertThat(generations.numbers()).containsExactly(1, 2, 3, 4);
        assertThat(unit.store().digests()).hasSize(4);
    }

    @Test
    void whereNothingIsConfirmedNothingGoes() throws Exception {
        Files.delete(unit.confirmedFile());

        assertThat(tidy(4).collect()).isPresent();

        assertThat(generations.numbers()).containsExactly(1, 2, 3, 4);
        assertThat(unit.store().digests()).hasSize(4);
    }

    @Test
    void downloadsGoThatAreInUseOrThatNobodyContinued() throws Exception {
        String jar = "b".repeat(64);
        slot(jar);
        incoming(digest(4), NOW);
        incoming(jar, NOW);
        incoming("c".repeat(64), NOW.minus(Duration.ofDays(7)));
        incoming("d".repeat(64), NOW.minus(Duration.ofDays(7)).minusSeconds(1));

        assertThat(tidy(4).collect()).isEmpty();

        assertThat(Incoming.of(unit).directory().toFile().list()).containsExactly("c".repeat(64));
    }

    @Test
    void whatIsOldGoesByItselfToo() throws Exception {
        incoming("c".repeat(64), NOW);
        incoming("d".repeat(64), NOW.minus(Duration.ofDays(8)));

        assertThat(tidy(4).forgetIncoming()).isEmpty();

        assertThat(Incoming.of(unit).directory().toFile().list()).containsExactly("c".repeat(64));
    }

    @Test
    void whatDoesNotGoIsTold() throws Exception {
        Path folder = Incoming.of(unit).path("e".repeat(64));
        Files.createDirectories(folder.resolve("in the way"));
        Files.setLastModifiedTime(folder, FileTime.from(NOW.minus(Duration.ofDays(8))));

        assertThat(tidy(4).forgetIncoming())
                .hasValueSatisfying(told -> assertThat(told).startsWith("old downloads were not removed: "));
    }

    @Test
    void dryRunsAndPreviewsAreForgottenEachByItself() throws Exception {
        for (String name : new String[] {"plan-1", "preview-1", "socket"}) {
            Files.createDirectories(unit.run().resolve(name));
            Files.writeString(unit.run().resolve(name).resolve("file"), "");
        }

        assertThat(tidy(4).forgetPreviews()).isEmpty();
        assertThat(unit.run().toFile().list()).containsExactlyInAnyOrder("plan-1", "socket");

        assertThat(tidy(4).collect()).isEmpty();
        assertThat(unit.run().toFile().list()).containsExactly("socket");
    }

    @Test
    void whereThereIsNothingNothingIsForgotten() {
        assertThat(tidy(4).forgetPreviews()).isEmpty();
    }

    /** A folder of which the disk does not say what is in it; the Java runtime tells that in its own way. */
    @Test
    void whatCannotBeLookedThroughIsOnlyTold() throws Exception {
        Path preview = tooDeep(unit.run().resolve("preview-1"));
        Path plan = tooDeep(unit.run().resolve("plan-1"));
        try {
            assertThat(tidy(4).forgetPreviews())
                    .hasValueSatisfying(told -> assertThat(told).startsWith("previews were not collected: "));
            assertThat(tidy(4).collect())
                    .hasValueSatisfying(told -> assertThat(told).startsWith("not everything was collected: "));
        } finally {
            Files.move(preview, work.resolve("preview"));
            Files.move(plan, work.resolve("plan"));
        }
    }

    /** Fills a folder with folders whose path is longer than any that can be opened, and answers where it can be cut. */
    private Path tooDeep(Path folder) throws IOException {
        Path lower = work.resolve("lower");
        Files.createDirectories(lower.resolve(("d".repeat(200) + "/").repeat(11)));
        Path upper = folder.resolve(("u".repeat(200) + "/").repeat(11));
        Files.createDirectories(upper);
        return Files.move(lower, upper.resolve("lower"));
    }

    private Tidy tidy(int started) {
        RunningGeneration running = Fake.of(RunningGeneration.class, Map.of("number", arguments -> started));
        Surroundings around = new Surroundings(
                null,
                unit,
                new LauncherServices(null, null, null, null, running),
                null,
                null,
                null,
                null,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return new Tidy(around, null, new Present(around, null));
    }

    private void incoming(String sha256, Instant continued) throws IOException {
        Path file = Incoming.of(unit).path(sha256);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "a part");
        Files.setLastModifiedTime(file, FileTime.from(continued));
    }

    private void slot(String jar) throws IOException {
        SlotFiles files = SlotFiles.of(Map.of("launcher-1.0.0.jar", jar));
        Files.createDirectories(unit.slot(files.id()));
        Files.write(unit.slot(files.id()).resolve("slot.json"), new Slot("/java", files).bytes());
    }

    private static Generation of(int number) {
        return Generations.of(number, app(number));
    }

    private static GenerationBundle app(int number) {
        return bundle("app", number, Swap.OVERLAP, 20);
    }

    private static String digest(int number) {
        return app(number).sha256();
    }
}
