package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestUnit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Root's helper, asked by a unit of the test's own to bring in the slot of generation 2. Whoever asks owns the unit's store,
 * generations and run folder, and may be hostile.
 */
final class AskedHelper {

    final Unit unit;
    private final SignedSlots signed;

    AskedHelper(SignedSlots signed, Path work) throws Exception {
        this.signed = signed;
        Path from = signed.made.unit().directory();
        unit = new Unit(work.resolve("unit"));
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, unit.directory().resolve(from.relativize(file)));
            }
        }
        TestUnit.closeToOthers(unit.directory());
        ask(2);
    }

    void ask(int number) throws Exception {
        Files.createDirectories(unit.run());
        Files.write(unit.slotRequestFile(), new SlotRequest("r-" + number, number).bytes());
    }

    ExitCode run() throws Exception {
        return runFrom(signed.old);
    }

    ExitCode runFrom(String slotOfHelper) throws Exception {
        return run(slotOfHelper, Clock.systemUTC());
    }

    ExitCode runAt(Clock clock) throws Exception {
        return run(signed.old, clock);
    }

    private ExitCode run(String slotOfHelper, Clock clock) throws Exception {
        OwnSlot own = new OwnSlot(
                slotOfHelper,
                Slot.read(unit.slot(slotOfHelper)).files().digests().keySet());
        return new SlotIntake(unit, Optional.of(own), quiet(), clock).run();
    }

    SlotAnswer answer() throws Exception {
        return SlotAnswer.parse(Files.readAllBytes(unit.slotAnswerFile()));
    }

    /** The slot of generation 2 is not brought in, and whoever asked is told this. */
    void refused(String code) throws Exception {
        told(code);
        assertThat(unit.slot(signed.slot)).doesNotExist();
    }

    void told(String code) throws Exception {
        assertThat(run()).isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(answer().code()).isEqualTo(code);
    }

    static Lines quiet() {
        return new Lines(new PrintStream(new ByteArrayOutputStream(), true));
    }

    /** What a disk does. */
    static void flip(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    /** Only root gives files away. */
    static int anotherUser() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        return 65_534;
    }
}
