package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.itests.support.Part;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk fails in the middle of a transition: it is full, or read-only. The gateway keeps the generation it had, goes
 * back to it without the disk, and starts it again without the disk. Needs root, for the mounts.
 */
class DiskFaultIT {

    private static final String SIZE = "size=64m";
    private static final long LEFT_BYTES = 16L << 20;

    @TempDir
    Path folder;

    private Path directory;
    private TestUnit unit;
    private GatewayChild gateway;

    @BeforeEach
    void aGatewayOnASmallDisk() throws Exception {
        directory = folder.resolve("unit");
        Files.createDirectories(directory);
        assumeTrue(
                Command.run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString()) == 0,
                "no small disk: mounting one needs root and a machine that permits it");
        unit = TestUnit.make(folder, directory, Map.of("probation.seconds", 2L));
        gateway = GatewayChild.start(directory);
        gateway.awaitReady();
    }

    @AfterEach
    void nothingIsLeftMounted() throws Exception {
        if (gateway != null) {
            gateway.close();
            gateway.awaitExit();
        }
        Command.run("umount", "-l", directory.resolve("state").toString());
        Command.run("umount", "-l", directory.toString());
    }

    @Test
    void tooLittleRoomIsRefusedInBytes() throws Exception {
        Path pack = unit.pack(unit.well());
        // What a transition reserves does not fit, and whatever refuses it has room for its records.
        long filler = directory.toFile().getUsableSpace() - LEFT_BYTES;
        Files.write(directory.resolve("filler"), new byte[Math.toIntExact(filler)]);

        ControlClient.Reply reply = unit.client().apply(pack, event -> {});

        assertThat(TestUnit.answer(reply).string("code")).isEqualTo("DISK_FULL");
        assertThat(TestUnit.answer(reply).string("detail"))
                .contains("are free in " + directory)
                .contains("too few");
        assertGenerationOneRuns(reply);
    }

    @Test
    void aFullDiskAtTheBeginningRefuses() throws Exception {
        Path pack = unit.pack(unit.well());
        fill();

        ControlClient.Reply reply = unit.client().apply(pack, event -> {});

        // The last line of the audit may find room in a block that is its own already.
        assertThat(ended(reply)).isIn("AUDIT_UNAVAILABLE", "JOURNAL_UNWRITABLE");
        assertGenerationOneRuns(reply);
    }

    @Test
    void aDiskThatFillsInProbationTakesTheUpdateBack() throws Exception {
        ControlClient.Reply reply = unit.client().apply(unit.pack(unit.well()), once("PROBATION", this::fill));

        assertTakenBack(reply);
        assertGenerationOneRuns(reply);
        empty();
        assertReportedOnceTheDiskIsWell(reply);
    }

    @Test
    void aDiskThatBecomesReadOnlyInProbationTakesTheUpdateBack() throws Exception {
        ControlClient.Reply reply = unit.client().apply(unit.pack(unit.well()), once("PROBATION", this::forbidWriting));

        assertTakenBack(reply);
        assertGenerationOneRuns(reply);
        permitWriting();
        assertReportedOnceTheDiskIsWell(reply);
    }

    @Test
    void whatTheDiskFailsToSyncIsThrownAwayAndBroughtAgain() throws Exception {
        Part next = unit.well();
        Path pack = unit.pack(next);
        Path incoming = directory.resolve("store/incoming").resolve(Sha256.hex(next.jar()));

        ControlClient.Reply reply;
        try (FailingSyncs failing = FailingSyncs.of(incoming, gateway.javaProcess())) {
            assumeTrue(failing.attached(), "no failing syncs: strace may not attach to a process here");
            reply = unit.client().apply(pack, event -> {});
        }

        assertThat(TestUnit.answer(reply).string("code")).isEqualTo("STAGING_FAILED");
        assertThat(TestUnit.answer(reply).string("detail")).contains("incoming");
        assertThat(incoming).doesNotExist();
        assertThat(ended(unit.client().apply(pack, event -> {}))).isEqualTo("CONFIRMED");
    }

    private static void assertTakenBack(ControlClient.Reply reply) throws Exception {
        JsonObject said = TestUnit.answer(reply);
        assertThat(said.string("outcome")).isEqualTo("REVERTED");
        assertThat(said.string("code")).isEqualTo("JOURNAL_UNWRITABLE");
        assertThat(said.number("running")).isEqualTo(1);
    }

    /** What the disk did not take is filed before anything new is begun. */
    private void assertReportedOnceTheDiskIsWell(ControlClient.Reply before) throws Exception {
        JsonObject said = TestUnit.answer(before);

        ControlClient.Reply next = unit.client().apply(unit.pack(unit.well()), event -> {});

        assertThat(ended(next)).isEqualTo("CONFIRMED");
        JsonObject report = unit.transitions().stream()
                .filter(each -> each.asMap().get("id").equals(said.asMap().get("id")))
                .findFirst()
                .orElseThrow();
        assertThat(report.number("running")).isEqualTo(1);
        assertThat(report.number("to")).isEqualTo(said.number("to"));
        assertThat(report.string("outcome")).isNotEqualTo("CONFIRMED");
    }

    /** It runs now, is the confirmed one, and is started again although nothing can be written. */
    private void assertGenerationOneRuns(ControlClient.Reply reply) throws Exception {
        assertThat(ended(reply)).as(reply + "\n" + gateway.output()).isNotEqualTo("CONFIRMED");
        Part first = unit.firstEdition();
        assertThat(unit.fixtures()).isEqualTo(List.of(first.version() + " ACTIVE"));
        assertThat(unit.confirmed()).isEqualTo(1);

        gateway.close();
        gateway.awaitExit();
        gateway = GatewayChild.start(directory);

        assertThat(gateway.awaitReady()).isEqualTo(1);
        assertThat(unit.confirmed()).isEqualTo(1);
    }

    private static String ended(ControlClient.Reply reply) throws Exception {
        return reply instanceof ControlClient.Reply.Answer answer
                ? answer.members().string("outcome")
                : ((ControlClient.Reply.Refused) reply).code();
    }

    private interface Fault {
        void happens() throws IOException, InterruptedException;
    }

    private static java.util.function.Consumer<JsonObject> once(String phase, Fault fault) {
        AtomicBoolean happened = new AtomicBoolean();
        return event -> {
            if (phase.equals(event.asMap().get("phase")) && happened.compareAndSet(false, true)) {
                try {
                    fault.happens();
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException("the fault could not be made", e);
                }
            }
        };
    }

    /** Writes until nothing more goes onto the unit's disk, not even one byte. */
    private void fill() throws IOException {
        byte[] block = new byte[1 << 20];
        for (int size = block.length; size >= 1; size /= 2) {
            try (OutputStream filler = Files.newOutputStream(directory.resolve("filler-" + size))) {
                while (true) {
                    filler.write(block, 0, size);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("space");
            }
        }
    }

    private void empty() throws IOException {
        for (int size = 1 << 20; size >= 1; size /= 2) {
            Files.delete(directory.resolve("filler-" + size));
        }
    }

    /** Lays a read-only view of the state over it: what was open stays open, and nothing new can be written. */
    private void forbidWriting() throws IOException, InterruptedException {
        String state = directory.resolve("state").toString();
        assertThat(Command.run("mount", "--bind", state, state)).isZero();
        assertThat(Command.run("mount", "-o", "remount,ro,bind", state)).isZero();
    }

    private void permitWriting() throws IOException, InterruptedException {
        String state = directory.resolve("state").toString();
        assertThat(Command.run("mount", "-o", "remount,rw,bind", state)).isZero();
    }
}
