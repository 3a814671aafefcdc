package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Inspection;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to the files of a generation that runs is found, also without hashing all of them each time. */
class InspectionTest {

    @TempDir
    private Path work;

    private Unit unit;
    private Generation generation;
    private Inspection inspection;

    @BeforeEach
    void aGenerationThatRuns() throws Exception {
        TestUnit made = TestUnit.create(work);
        unit = made.unit();
        generation = made.generation(1, TestBundle.of("test.one", "1.0.0"));
        inspection = new Inspection(unit);
    }

    @Test
    void whatWasAcceptedIsFoundAsItWas() {
        Inspection.Found found = inspection.inspect(1, true);

        assertThat(found.generation()).contains(generation);
        assertThat(found.evidence()).isEmpty();
        assertThat(found.bundles()).isEmpty();
        assertThat(found.slot()).isEmpty();
        assertThat(inspection.inspect(1, false)).isSameAs(found);
    }

    @Test
    void anEditedBundleIsFoundByACheapLookThoughItsTimeWasPutBack() throws Exception {
        inspection.inspect(1, true);
        Path file = unit.store().path(generation.bundles().get(0).sha256());
        FileTime before = Files.getLastModifiedTime(file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        file.toFile().setWritable(true);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, before);

        assertThat(inspection.inspect(1, false).bundles().values())
                .extracting(Refusal::code)
                .containsExactly(GenerationCode.FILE_DIFFERS);
    }

    @Test
    void aBundleThatIsGoneIsFoundAndTheOthersAreStillJudged() throws Exception {
        inspection.inspect(1, true);
        Files.delete(unit.store().path(generation.bundles().get(0).sha256()));

        assertThat(inspection.inspect(1, false).bundles().values())
                .extracting(Refusal::code)
                .containsExactly(GenerationCode.FILE_MISSING);
    }

    @Test
    void anotherMakersAnchorVouchesForNothing() throws Exception {
        inspection.inspect(1, true);
        TestUnit stranger = TestUnit.create(work.resolve("stranger"));
        Files.copy(stranger.unit().releaseAnchor(), unit.releaseAnchor(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(inspection.inspect(1, false).evidence()).isPresent();
    }

    @Test
    void anotherNameplateVouchesForNothing() throws Exception {
        inspection.inspect(1, true);
        Files.write(unit.nameplate(), new Nameplate("another", "1").bytes());

        assertThat(inspection.inspect(1, false).evidence().orElseThrow().code())
                .isEqualTo(GenerationCode.MODEL_DIFFERS);
    }

    @Test
    void theLaunchersFilesAreLookedAtOneByOne() throws Exception {
        inspection.inspect(1, true);
        Path lib = unit.slot(generation.slot()).resolve("lib");
        List<Path> jars;
        try (var files = Files.list(lib)) {
            jars = files.sorted().toList();
        }
        for (Path jar : jars.subList(0, 2)) {
            jar.toFile().setWritable(true);
            Files.writeString(jar, "x", StandardOpenOption.APPEND);
        }
        Files.writeString(lib.resolve("more.jar"), "");

        assertThat(inspection.inspect(1, false).slot())
                .hasSize(3)
                .extracting(Refusal::code)
                .containsOnly(GenerationCode.SLOT_DIFFERS);
    }

    @Test
    void noGenerationVouchesForNothing() {
        assertThat(inspection.inspect(0, true).evidence().orElseThrow().code())
                .isEqualTo(GenerationCode.GENERATION_MISSING);
    }

    @Test
    void aManifestThatIsGoneIsNotSilence() throws Exception {
        inspection.inspect(1, true);
        Files.delete(unit.generationFile(1));

        Inspection.Found found = inspection.inspect(1, false);
        assertThat(found.generation()).isEmpty();
        assertThat(found.evidence().orElseThrow().code()).isEqualTo(GenerationCode.GENERATION_MISSING);
    }
}
