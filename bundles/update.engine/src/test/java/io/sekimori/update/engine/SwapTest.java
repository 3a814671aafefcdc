package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.Callers;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mode, forward, in a real framework with the launcher's real services. */
class SwapTest {

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void anOverlapUnderCallersLosesNoCall() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        Callers callers = new Callers(lab.tracker("lab.app"), 4);

        String outcome = lab.apply(pack);

        callers.stop();
        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        assertThat(callers.lost()).isZero();
        assertThat(callers.answers()).containsExactlyInAnyOrder("1.0.0", "2.0.0");
    }

    @Test
    void aCommitMovesPointerAndFloorsAndKeepsOneFallback() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));

        lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "")));
        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "3.0.0", Swap.OVERLAP, "")));

        assertThat(outcome).isEqualTo("Confirmed 3");
        var confirmed = new Pointer(lab.unit()).confirmed().orElseThrow();
        assertThat(confirmed.generation()).isEqualTo(3);
        assertThat(confirmed.fallback()).contains(2);
        assertThat(lab.ask("generation")).isEqualTo("3");
        // Generation 1 stays while the process that was started with it lives.
        assertThat(new Generations(lab.unit()).numbers()).containsExactly(1, 2, 3);
        assertThat(lab.unit().transitionFile()).doesNotExist();
        assertThat(lab.ask("recent")).isEqualTo("[Confirmed 3, Confirmed 2]");
    }

    /** After the commit and all that was collected behind it: evidence, slot and every file of the fallback, from the anchors on. */
    @Test
    void theFallbackVerifiesWholeAfterACommit() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "")));
        lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "3.0.0", Swap.OVERLAP, "")));

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "4.0.0", Swap.OVERLAP, "")));

        assertThat(outcome).isEqualTo("Confirmed 4");
        assertThat(new Pointer(lab.unit()).confirmed().orElseThrow().fallback()).contains(3);
        assertThat(new Generations(lab.unit()).numbers()).as("2 was collected").containsExactly(1, 3, 4);
        GenerationVerifier verifier = new GenerationVerifier(lab.unit());
        assertThat(verifier.verify(3)).isInstanceOf(Verification.Verified.class);
        assertThat(verifier.verify(4)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aFallbackBelowAHardFloorGoesWithTheCommit() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        lab.office().makeFloorsHard();

        String outcome = lab.apply(lab.pack(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "").withFloor()));

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        var confirmed = new Pointer(lab.unit()).confirmed().orElseThrow();
        assertThat(confirmed.fallback()).isEmpty();
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
    }

    /** The publisher says it of a release that this unit never had: its bundle left with the same update. */
    @Test
    void aFallbackBelowAHardFloorGoesAlsoIfItsBundleIsNoMoreAssigned() throws Exception {
        lab.start(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""),
                lab.greeter("lab.gone", "1.0.0", Swap.OVERLAP, ""));
        lab.office().makeFloorsHard();
        // Published, and assigned to somebody else.
        lab.pack(
                lab.engine("0.1.0"),
                lab.greeter("lab.gone", "2.0.0", Swap.OVERLAP, "").withFloor());

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, "")));

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        var confirmed = new Pointer(lab.unit()).confirmed().orElseThrow();
        assertThat(confirmed.fallback()).isEmpty();
        assertThat(confirmed.hardFloors()).containsOnlyKeys("lab.gone");
    }

    @Test
    void aGenerationWhoseEvidenceIsDamagedIsReplacedLikeAnyOther() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Files.writeString(lab.unit().evidence(1).resolve("release").resolve("targets.json"), "damaged");

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, "")));

        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
    }

    @Test
    void aReplaceMeasuresItsGap() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.REPLACE, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.REPLACE, ""));

        String outcome = lab.apply(pack);

        assertThat(outcome).isEqualTo("Confirmed 2");
        assertThat(lab.greeting("lab.app")).isEqualTo("2.0.0");
        assertThat(lab.steps()).anyMatch(step -> step.matches("SWAP replace lab.app took \\d+ ms, gap \\d+ ms"));
    }

    @Test
    void bundlesAreAddedAndRemoved() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.old", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.young", "1.0.0", Swap.OVERLAP, ""));

        String plan = lab.ask("plan", pack.toString());
        String outcome = lab.apply(pack);

        assertThat(plan).contains("REMOVE lab.old", "ADD lab.young", "restart=false");
        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
        assertThat(lab.greeting("lab.old")).isEmpty();
        assertThat(lab.greeting("lab.young")).isEqualTo("1.0.0");
        assertThat(lab.context().getBundles()).noneMatch(bundle -> "lab.old".equals(bundle.getSymbolicName()));
    }

    @Test
    void aBundleAboveTheStartLevelThatIsReachedIsStartedAllTheSame() throws Exception {
        lab.start(lab.engine("0.1.0"));
        Item app = lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, "");
        Path pack = lab.pack(
                lab.engine("0.1.0"),
                new Item(app.jar(), app.symbolicName(), app.version(), app.swap(), 12, false, List.of()));

        String outcome = lab.apply(pack);

        assertThat(outcome).isEqualTo("Confirmed 2");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
    }

    @Test
    void whoUsesClassesOfWhatGoesIsWiredAnew() throws Exception {
        lab.start(lab.engine("0.1.0"), library("1.0.0"), user());
        Path pack = lab.pack(lab.engine("0.1.0"), library("1.1.0"), user());

        String plan = lab.ask("plan", pack.toString());
        String outcome = lab.apply(pack);

        assertThat(plan).contains("OVERLAP lab.library", "REWIRE lab.user", "interrupts [lab.user]");
        assertThat(outcome).as(() -> lab.steps().toString()).isEqualTo("Confirmed 2");
    }

    @Test
    void changedConfigurationsAreAppliedWithTheSwap() throws Exception {
        lab.start(lab.engine("0.1.0"));
        lab.packs().configurations(Map.of("some.pid", Map.of("level", 5L)));
        Path pack = lab.pack(lab.engine("0.1.0"));

        String outcome = lab.apply(pack);

        assertThat(outcome).isEqualTo("Confirmed 2");
        assertThat(lab.notes()).containsSequence("config snapshot", "config apply 2", "config forget");
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        var stored = lab.unit().store().digests();

        String plan = lab.ask("plan", pack.toString());

        assertThat(plan).contains("OVERLAP lab.app", "interrupts []");
        assertThat(lab.unit().store().digests()).isEqualTo(stored);
        assertThat(new Generations(lab.unit()).numbers()).containsExactly(1);
        assertThat(lab.unit().transitionFile()).doesNotExist();
        assertThat(Files.list(lab.unit().run()))
                .noneMatch(file -> file.getFileName().toString().startsWith("plan-"));
        assertThat(lab.apply(pack)).isEqualTo("Confirmed 2");
    }

    @Test
    void whatComesSaysWhichRiskItRemovesAndWhatIsOlderDoesNot() throws Exception {
        lab.start(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""),
                lab.greeter("lab.bus", "1.0.0", Swap.REPLACE, ""));
        Path first = lab.pack(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""),
                lab.greeter("lab.bus", "1.0.0", Swap.REPLACE, ""));

        assertThat(lab.ask("plan", first.toString())).endsWith(" mends [a hole before 2.0.0]");
        assertThat(lab.apply(first)).isEqualTo("Confirmed 2");

        Path back = lab.pack(
                lab.engine("0.1.0"),
                lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""),
                lab.greeter("lab.bus", "3.0.0", Swap.REPLACE, ""));
        assertThat(lab.ask("plan", back.toString())).endsWith("interrupts [lab.bus] mends [a hole before 3.0.0]");
    }

    @Test
    void aPreviewReadsWhatIsSignedAndNoFileOfARelease() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.REPLACE, ""));
        var stored = lab.unit().store().digests();

        String preview = lab.ask("preview", pack.toString());

        assertThat(preview).contains("REPLACE lab.app", "interrupts [lab.app] mends [a hole before 2.0.0]");
        assertThat(lab.ask("preview-fetch", pack.toString())).isEqualTo(preview);
        assertThat(lab.unit().store().digests()).isEqualTo(stored);
        assertThat(new Generations(lab.unit()).numbers()).containsExactly(1);
        assertThat(Files.list(lab.unit().run()))
                .noneMatch(file -> file.getFileName().toString().startsWith("preview-"));
        assertThat(lab.apply(pack)).isEqualTo("Confirmed 2");
        assertThat(lab.ask("preview", pack.toString())).contains("code=NOTHING_TO_DO");
    }

    @Test
    void aPreviewOfWhatIsNoPackRefusesAndADryRunTakesNothingFromIt() throws Exception {
        lab.start(lab.engine("0.1.0"), lab.greeter("lab.app", "1.0.0", Swap.OVERLAP, ""));
        Path pack = lab.pack(lab.engine("0.1.0"), lab.greeter("lab.app", "2.0.0", Swap.OVERLAP, ""));
        byte[] bytes = Files.readAllBytes(pack);
        Path cut = Files.write(pack.resolveSibling("cut.zip"), Arrays.copyOf(bytes, bytes.length / 2));
        Path huge = pack.resolveSibling("huge.zip");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        Path others = Files.createDirectories(lab.unit().run().resolve("preview-of-another-thread"));

        assertThat(lab.ask("preview", cut.toString())).contains("code=PACK_");
        assertThat(lab.ask("preview", huge.toString())).contains("code=PACK_MALFORMED");
        assertThat(lab.ask("preview", pack.resolveSibling("pulled.zip").toString()))
                .contains("code=PACK_UNREADABLE");
        assertThat(lab.ask("plan", pack.toString())).contains("OVERLAP lab.app");
        assertThat(others).exists();
    }

    private Item library(String version) {
        return lab.item(
                TestBundle.of("lab.library", version)
                        .header("Export-Package", "lab.library;version=\"" + version + "\"")
                        .entry("lab/library/version.txt", version.getBytes(StandardCharsets.UTF_8)),
                Swap.OVERLAP,
                "");
    }

    private Item user() {
        return lab.item(TestBundle.of("lab.user", "1.0.0").header("Import-Package", "lab.library"), Swap.OVERLAP, "");
    }
}
