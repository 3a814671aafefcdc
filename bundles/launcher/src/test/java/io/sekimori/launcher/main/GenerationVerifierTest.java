package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.RefusalCode;
import io.sekimori.trust.TrustCode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a generation on the disk can be another than the one that was accepted. */
class GenerationVerifierTest {

    @TempDir
    private Path work;

    private TestUnit made;
    private Unit unit;
    private Generation generation;

    @BeforeEach
    void aGeneration() throws Exception {
        made = TestUnit.create(work);
        unit = made.unit();
        generation = made.generation(1, TestBundle.of("test.one", "1.0.0"));
    }

    @Test
    void whatWasAcceptedIsVerified() {
        assertThat(new GenerationVerifier(unit).verify(1))
                .isInstanceOfSatisfying(Verification.Verified.class, verified -> {
                    assertThat(verified.generation()).isEqualTo(generation);
                    assertThat(verified.files()).isEqualTo(7);
                    assertThat(verified.bytes()).isPositive();
                });
    }

    @Test
    void aMissingAnchorIsRefused() throws Exception {
        Files.delete(unit.releaseAnchor());

        assertThat(code()).isEqualTo(GenerationCode.NO_TRUST_ROOT);
    }

    @Test
    void anotherMakersAnchorIsRefused() throws Exception {
        TestUnit stranger = TestUnit.create(work.resolve("stranger"));
        Files.copy(stranger.unit().releaseAnchor(), unit.releaseAnchor(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(code()).isInstanceOf(TrustCode.class);
    }

    @Test
    void aMissingOrMalformedNameplateIsRefused() throws Exception {
        Files.writeString(unit.nameplate(), "{}");
        assertThat(code()).isEqualTo(GenerationCode.NO_NAMEPLATE);

        Files.delete(unit.nameplate());
        assertThat(code()).isEqualTo(GenerationCode.NO_NAMEPLATE);
    }

    @Test
    void anotherModelIsRefused() throws Exception {
        Files.write(unit.nameplate(), new Nameplate("another", "1").bytes());

        assertThat(code()).isEqualTo(GenerationCode.MODEL_DIFFERS);
    }

    @Test
    void aNumberThatIsNotThereIsRefused() {
        assertThat(codeOf(2)).isEqualTo(GenerationCode.GENERATION_MISSING);
    }

    @Test
    void aManifestThatCannotBeReadIsRefused() throws Exception {
        Files.delete(unit.generationFile(1));
        Files.createDirectory(unit.generationFile(1));

        assertThat(code()).isEqualTo(GenerationCode.GENERATION_UNREADABLE);
    }

    @Test
    void aMalformedManifestIsRefused() throws Exception {
        Files.writeString(unit.generationFile(1), "{\"format\":1}");

        assertThat(code()).isEqualTo(GenerationCode.GENERATION_MALFORMED);
    }

    @Test
    void aManifestThatSaysOtherThanTheEvidenceIsRefused() throws Exception {
        List<GenerationBundle> bundles = new ArrayList<>();
        for (GenerationBundle each : generation.bundles()) {
            bundles.add(new GenerationBundle(
                    each.symbolicName(),
                    each.version(),
                    each.sha256(),
                    each.length(),
                    each.counter(),
                    each.startLevel() + 1,
                    each.swap()));
        }
        Generation altered = new Generation(
                1, generation.created(), generation.slot(), generation.assignmentVersion(), bundles, Map.of());
        Files.write(unit.generationFile(1), altered.bytes());

        assertThat(code()).isEqualTo(GenerationCode.EVIDENCE_DIFFERS);
    }

    @Test
    void aManifestUnderAnotherNumberIsRefused() throws Exception {
        Files.move(unit.generation(1), unit.generation(2));

        assertThat(codeOf(2)).isEqualTo(GenerationCode.EVIDENCE_DIFFERS);
    }

    @Test
    void evidenceThatCannotBeReadIsRefused() throws Exception {
        Path targets = unit.evidence(1).resolve("director").resolve("targets.json");
        Files.delete(targets);
        Files.createDirectory(targets);

        assertThat(code()).isEqualTo(GenerationCode.EVIDENCE_UNREADABLE);
    }

    @Test
    void evidenceThatIsIncompleteIsRefused() throws Exception {
        Files.delete(unit.evidence(1).resolve("release").resolve("snapshot.json"));

        assertThat(code()).isEqualTo(TrustCode.EVIDENCE_INCOMPLETE);
    }

    @Test
    void aMissingOrLinkedFileIsRefused() throws Exception {
        Path file = unit.store().path(generation.bundles().get(0).sha256());
        Path moved = Files.move(file, work.resolve("moved"));
        assertThat(code()).isEqualTo(GenerationCode.FILE_MISSING);

        Files.createSymbolicLink(file, moved);
        assertThat(code()).isEqualTo(GenerationCode.FILE_MISSING);
    }

    @Test
    void aFileWithOtherBytesIsRefused() throws Exception {
        Path file = unit.store().path(generation.bundles().get(0).sha256());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(code()).isEqualTo(GenerationCode.FILE_DIFFERS);

        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(code()).isEqualTo(GenerationCode.FILE_DIFFERS);
    }

    @Test
    void aStoreThatCannotBeReadIsRefused() throws Exception {
        Path store = unit.store().directory();
        Files.move(store, work.resolve("moved-store"));
        // A link to itself: neither there nor absent, on every JDK.
        Files.createSymbolicLink(store, store.getFileName());

        assertThat(code()).isEqualTo(GenerationCode.FILE_UNREADABLE);
    }

    @Test
    void aSlotThatIsNotThereIsRefused() throws Exception {
        Files.delete(unit.slot(generation.slot()).resolve("slot.json"));

        assertThat(code()).isEqualTo(GenerationCode.SLOT_MISSING);
    }

    @Test
    void aSlotWithOneFileTooManyIsRefused() throws Exception {
        Files.createFile(unit.slot(generation.slot()).resolve("lib").resolve("more.jar"));

        assertThat(code()).isEqualTo(GenerationCode.SLOT_DIFFERS);
    }

    @Test
    void aSlotWithAnAlteredFileIsRefused() throws Exception {
        Path jar = unit.slot(generation.slot()).resolve("lib").resolve("io.sekimori.launcher-0.1.0.jar");
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length - 1] ^= 1;
        Files.write(jar, bytes);

        assertThat(code()).isEqualTo(GenerationCode.SLOT_DIFFERS);
    }

    @Test
    void aGenerationIsWrittenOnceAndRemovedWhole() throws Exception {
        Generations generations = new Generations(unit);
        assertThat(generations.numbers()).containsExactly(1);
        assertThat(generations.read(1)).contains(generation);
        Assertions.assertThatThrownBy(() -> made.generation(1, TestBundle.of("test.two", "1.0.0")))
                .isInstanceOf(FileAlreadyExistsException.class);

        generations.remove(1);
        generations.remove(1);

        assertThat(generations.numbers()).isEmpty();
        assertThat(unit.generations()).isEmptyDirectory();
    }

    private RefusalCode code() {
        return codeOf(1);
    }

    private RefusalCode codeOf(int number) {
        Verification verification = new GenerationVerifier(unit).verify(number);
        assertThat(verification).isInstanceOf(Verification.Refused.class);
        return ((Verification.Refused) verification).refusal().code();
    }
}
