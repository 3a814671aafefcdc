package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.RefusalCode;
import io.sekimori.trust.TrustCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The longest files that a generation is verified with, and what is told of one that holds. */
class VerificationBoundsTest {

    private static final int LONGEST = 1 << 20;
    private static final int LONGEST_ROOT = 512 << 10;

    @TempDir
    private Path work;

    private TestUnit made;
    private Unit unit;

    @BeforeEach
    void aUnit() throws Exception {
        made = TestUnit.create(work);
        unit = made.unit();
    }

    @Test
    void theLongestNameplateAndAnchorsAreReadAndNothingLonger() throws Exception {
        made.generation(1, TestBundle.of("test.one", "1.0.0"));
        pad(unit.nameplate(), LONGEST);
        pad(unit.releaseAnchor(), LONGEST_ROOT);
        pad(unit.directorAnchor(), LONGEST_ROOT);
        assertThat(verified()).isInstanceOf(Verification.Verified.class);

        pad(unit.directorAnchor(), LONGEST); // it is read, and is no root
        assertThat(code()).isEqualTo(TrustCode.ANCHOR_BROKEN);

        pad(unit.directorAnchor(), LONGEST + 1);
        assertThat(code()).isEqualTo(GenerationCode.NO_TRUST_ROOT);

        pad(unit.nameplate(), LONGEST + 1);
        assertThat(code()).isEqualTo(GenerationCode.NO_NAMEPLATE);
    }

    @Test
    void howLongItTookIsTold() throws Exception {
        made.generation(1, TestBundle.of("test.one", "1.0.0"));
        long start = System.nanoTime();

        Verification found = verified();

        Duration all = Duration.ofNanos(System.nanoTime() - start);
        assertThat(found)
                .isInstanceOfSatisfying(
                        Verification.Verified.class,
                        verified -> assertThat(verified.took()).isBetween(Duration.ofNanos(1), all));
    }

    @Test
    void aSlotWithoutAFolderOfFilesIsNone() throws Exception {
        Path lib = unit.slot(
                        made.generation(1, TestBundle.of("test.one", "1.0.0")).slot())
                .resolve("lib");
        Files.move(lib, work.resolve("moved-lib"));

        assertThat(code()).isEqualTo(GenerationCode.SLOT_MISSING);
    }

    @Test
    void whatTheAnchorsVouchForHasItsHardFloors() throws Exception {
        made.raiseHardFloors();
        made.generation(1, TestBundle.of("test.one", "1.0.0"));

        assertThat(Anchors.of(unit).hardFloors(Evidence.read(unit.evidence(1)))).containsKey("test.one");
    }

    /** Blanks after the closing brace change nothing of what was signed. */
    private static void pad(Path file, int length) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        byte[] padded = Arrays.copyOf(bytes, length);
        Arrays.fill(padded, Math.min(bytes.length, length), length, (byte) ' ');
        Files.write(file, padded);
    }

    private Verification verified() {
        return new GenerationVerifier(unit).verify(1);
    }

    private RefusalCode code() {
        Verification verification = verified();
        assertThat(verification).isInstanceOf(Verification.Refused.class);
        return ((Verification.Refused) verification).refusal().code();
    }
}
