package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Swap;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a launcher is asked, and what counts as its answer. The Java runtime of the slot is a script here. */
class LauncherVerifyTest {

    private static final long LIMIT_MILLIS = 120_000;
    private static final SlotFiles FILES = SlotFiles.of(Map.of("a.jar", "a".repeat(64), "b.jar", "b".repeat(64)));
    private static final Generation NEXT =
            Generations.of(2, FILES.id(), List.of(Generations.bundle("app", 1, Swap.OVERLAP, 1)));

    @TempDir
    private Path work;

    private Unit unit;
    private Path slot;

    @BeforeEach
    void aSlot() throws Exception {
        unit = new Unit(work.resolve("unit"));
        slot = Files.createDirectories(unit.slot(FILES.id()));
        Files.write(slot.resolve("slot.json"), new Slot(work.resolve("java").toString(), FILES).bytes());
    }

    @Test
    void theLauncherOfTheSlotIsAskedForThatGeneration() throws Exception {
        java("echo \"$@\" > " + work.resolve("asked"));

        demand(LIMIT_MILLIS);

        assertThat(Files.readString(work.resolve("asked")).strip())
                .contains("-cp " + slot.resolve("lib/a.jar") + ":" + slot.resolve("lib/b.jar") + " ")
                .endsWith(" verify --unit " + unit.directory() + " --generation 2")
                .doesNotContain("SharedArchiveFile");
        assertNothingIsLeft();
    }

    @Test
    void anArchiveThatIsThereIsUsed() throws Exception {
        java("echo \"$@\" > " + work.resolve("asked"));
        Path archive = Files.writeString(slot.resolve("launcher.jsa"), "archive");

        demand(LIMIT_MILLIS);

        assertThat(work.resolve("asked")).content().contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void whatItSaysIsToldInOneLineAndNotWithoutEnd() throws Exception {
        java("printf 'SLOT_MISSING\\n\\tby\\033test'; head -c 100000 /dev/zero | tr '\\0' x; exit 3");

        assertThatThrownBy(() -> demand(LIMIT_MILLIS)).isInstanceOfSatisfying(Stopped.class, stopped -> {
            assertThat(stopped.reason().code()).isEqualTo(UpdateCode.VERIFY_FAILED.name());
            assertThat(stopped.reason().detail())
                    .startsWith("exit code 3: SLOT_MISSING by testx")
                    .hasSizeLessThan(4_100);
        });
        assertNothingIsLeft();
    }

    @Test
    void whoeverReadsFromItGetsNothing() throws Exception {
        java("exec cat");

        demand(LIMIT_MILLIS);
    }

    @Test
    void withoutAVerdictInTimeItIsRefusedAndEnds() throws Exception {
        java("echo $$ > " + work.resolve("pid") + "; exec sleep 600");

        assertThatThrownBy(() -> demand(2_000))
                .hasMessageContaining("VERIFY_FAILED")
                .hasMessageContaining("no verdict within 2000 ms");

        assertEnded();
        assertNothingIsLeft();
    }

    @Test
    void whoeverCancelsDoesNotWaitForIt() throws Exception {
        java("echo $$ > " + work.resolve("pid") + "; exec sleep 600");
        Cancellation cancelled = new Cancellation();
        cancelled.request(Reason.of(UpdateCode.CANCELLED, "by test"));

        assertThatThrownBy(() -> new LauncherVerify(unit, LIMIT_MILLIS).demand(NEXT, cancelled))
                .hasMessageContaining("CANCELLED");

        assertNothingIsLeft();
    }

    @Test
    void aThreadThatIsEndedDoesNotWaitForIt() throws Exception {
        java("exec sleep 600");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> demand(LIMIT_MILLIS)).hasMessageContaining("ENGINE_STOPPED");

        assertThat(Thread.interrupted()).as("whoever called hears of it, too").isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aSlotThatDoesNotSayWhatItIsIsRefused() throws Exception {
        Files.writeString(slot.resolve("slot.json"), "{");
        assertThatThrownBy(() -> demand(LIMIT_MILLIS)).hasMessageContaining("slot.json is malformed");

        Files.delete(slot.resolve("slot.json"));
        assertThatThrownBy(() -> demand(LIMIT_MILLIS)).hasMessageContaining("cannot be run");
        assertNothingIsLeft();
    }

    private void java(String script) throws Exception {
        Path java = Files.createDirectories(work.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void demand(long limitMillis) throws Stopped {
        new LauncherVerify(unit, limitMillis).demand(NEXT, new Cancellation());
    }

    private void assertEnded() throws Exception {
        long pid = Long.parseLong(Files.readString(work.resolve("pid")).strip());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process != null) {
            process.onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private void assertNothingIsLeft() throws Exception {
        try (Stream<Path> left = Files.list(unit.run())) {
            assertThat(left).isEmpty();
        }
    }
}
