package io.sekimori.records.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Committed means on disk, in H2's file. */
class DurabilityTest {

    @TempDir
    private Path unit;

    @Test
    void whatWasSaidToBeWrittenOutlivesAKill() throws Exception {
        int before = 0;
        for (int round = 0; round < 5; round++) {
            int said;
            try (OtherProcess writer = OtherProcess.writing(unit)) {
                writer.awaitWritten(before + 20);
                said = writer.kill();
            }

            try (SqlRecords records = SqlRecords.ofUnit(unit)) {
                // One more may have been written and not been said.
                assertThat(Shelf.count(records.open(Shelf.SCHEMA))).isBetween((long) said, said + 1L);
            }
            before = said + 1;
        }
    }

    /** A kill leaves what the kernel has, so it cannot tell whether the disk has it; the order of calls does. */
    @Test
    void theDiskHasItBeforeItIsSaid() throws Exception {
        Path calls = unit.resolve("calls");
        try (OtherProcess writer = OtherProcess.writing(
                unit,
                "strace",
                "-f",
                "-qq",
                "-e",
                "trace=write,pwrite64,fsync,fdatasync",
                "-y",
                "-o",
                calls.toString())) {
            writer.awaitWritten(10);
            writer.kill();
        }

        assertThat(answersThatAFreshSyncPrecedes(Files.readAllLines(calls))).isGreaterThanOrEqualTo(9);
    }

    /** Counts the lines said, and fails for one with an unsynced write to the database before it. */
    private static int answersThatAFreshSyncPrecedes(List<String> calls) throws IOException {
        boolean unsynced = false;
        boolean syncedSinceLast = false;
        int good = 0;
        for (String call : calls) {
            boolean toDatabase = call.contains("records.mv.db");
            if (toDatabase && call.contains("write")) {
                unsynced = true;
            } else if (toDatabase && call.contains("sync(")) {
                unsynced = false;
                syncedSinceLast = true;
            } else if (call.matches("\\d+ +write\\(1<.*\"\\d+(\\\\n)?\".*")) {
                assertThat(unsynced).as("said before the disk had it: " + call).isFalse();
                good += syncedSinceLast ? 1 : 0;
                syncedSinceLast = false;
            }
        }
        return good;
    }
}
