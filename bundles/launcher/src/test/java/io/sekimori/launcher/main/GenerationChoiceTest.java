package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Swap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rule, with generations that are only said to verify. */
class GenerationChoiceTest {

    private static final SlotFiles FILES = SlotFiles.of(Map.of("launcher.jar", "a".repeat(64)));
    private static final String HERE = "1".repeat(64);
    private static final String THERE = "2".repeat(64);

    @TempDir
    private Path directory;

    private Unit unit;
    private final Map<Integer, String> slots = new HashMap<>();

    @BeforeEach
    void aUnit() {
        unit = new Unit(directory);
    }

    @Test
    void theConfirmedGenerationIsTheNormalOne() throws Exception {
        verifies(1, HERE);
        confirm(1);

        assertThat(chosen()).isEqualTo("1 NORMAL []");
    }

    @Test
    void theTrialComesFirstWhileItHasTries() throws Exception {
        verifies(1, HERE);
        verifies(2, HERE);
        confirm(1);
        new Pointer(unit).record(new Trial(2, 1));

        assertThat(chosen()).isEqualTo("2 TRIAL []");
        assertThat(chosen()).isEqualTo("1 FELL_BACK [2 TRIES_USED_UP]");
    }

    @Test
    void theFallbackComesLast() throws Exception {
        verifies(1, HERE);
        new Pointer(unit).commit(new Confirmed(3, Optional.of(1), Map.of()));

        assertThat(chosen()).isEqualTo("1 FELL_BACK [3 GENERATION_MISSING]");
    }

    @Test
    void aTrialWhoseSlotIsNotThisOneIsGivenUp() throws Exception {
        verifies(1, HERE);
        verifies(2, THERE);
        confirm(1);
        new Pointer(unit).record(new Trial(2, 3));

        assertThat(chosen()).isEqualTo("1 FELL_BACK [2 OTHER_SLOT]");
        assertThat(new Pointer(unit).trial()).contains(new Trial(2, 0));
    }

    @Test
    void aConfirmedGenerationOfAnotherSlotNeedsAnotherProcess() throws Exception {
        verifies(1, THERE);
        confirm(1);

        assertThat(choose()).isEqualTo(new Choice.OtherSlot(1, THERE, List.of()));
    }

    @Test
    void aSlotThatWasStartedInVainIsNotAskedForAgain() throws Exception {
        verifies(1, HERE);
        verifies(2, THERE);
        new Pointer(unit).commit(new Confirmed(2, Optional.of(1), Map.of()));
        SlotsTried.read(unit).add(THERE);

        assertThat(chosen()).isEqualTo("1 FELL_BACK [2 SLOT_UNUSABLE]");
    }

    @Test
    void nothingStartsWhenNothingVerifies() throws Exception {
        confirm(1);

        assertThat(choose()).isInstanceOf(Choice.NoneStartable.class);
    }

    @Test
    void withoutAPointerNothingIsGuessed() throws Exception {
        verifies(1, HERE);

        assertThat(refusal()).isEqualTo(LauncherCode.POINTER_MISSING);
    }

    @Test
    void aDamagedPointerIsNotGuessedAround() throws Exception {
        verifies(1, HERE);
        Files.createDirectories(unit.state());
        Files.writeString(unit.confirmedFile(), "{\"generation\":1}");

        assertThat(refusal()).isEqualTo(LauncherCode.POINTER_UNREADABLE);
    }

    private Object refusal() throws Exception {
        return ((Choice.NoPointer) choose()).refusal().code();
    }

    private String chosen() throws Exception {
        Choice.Chosen chosen = (Choice.Chosen) choose();
        StartReason reason = chosen.reason();
        return chosen.verified().generation().number() + " " + reason + " "
                + chosen.passedOver().stream().map(GenerationChoiceTest::text).toList();
    }

    private static String text(PassedOver passed) {
        return passed.generation() + " " + passed.code();
    }

    private Choice choose() throws Exception {
        OwnSlot own = new OwnSlot(HERE, Set.of("launcher.jar"));
        return new GenerationChoice(unit, Optional.of(own), SlotsTried.read(unit), this::verification).choose();
    }

    private Verification verification(int number) {
        if (!slots.containsKey(number)) {
            return new Verification.Refused(new Refusal(GenerationCode.GENERATION_MISSING, "generation " + number));
        }
        GenerationBundle bundle = new GenerationBundle("test.one", "1.0.0", "b".repeat(64), 1, 1, 1, Swap.OVERLAP);
        Generation generation = new Generation(number, Instant.EPOCH, slots.get(number), 1, List.of(bundle), Map.of());
        return new Verification.Verified(generation, new Slot("/usr/lib/jvm/any", FILES), 1, 1, Duration.ZERO);
    }

    private void verifies(int number, String slot) {
        slots.put(number, slot);
    }

    private void confirm(int number) throws Exception {
        new Pointer(unit).commit(new Confirmed(number, Optional.empty(), Map.of()));
    }
}
