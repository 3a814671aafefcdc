package io.sekimori.audit.chain;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.chain.LineParser.Parsed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Whatever lies on the disk, reading it ends with an answer, and only the one form of a line is a line. */
class ChainFuzzTest {

    @FuzzTest
    void aLineIsRefusedOrIsTheOneFormOfItself(FuzzedDataProvider data) {
        byte[] line = data.consumeRemainingAsBytes();

        Parsed parsed = LineParser.parse(line);

        if (parsed instanceof Parsed.Good good) {
            ChainLine read = good.line();
            ByteArrayOutputStream again = new ByteArrayOutputStream();
            ChainLine.write(again, Tail.before(read), read.batch(), read.at(), ChainLine.body(read.entry()));
            if (!Arrays.equals(Arrays.copyOf(again.toByteArray(), line.length), line)) {
                throw new IllegalStateException("two forms of one line");
            }
        }
    }

    @FuzzTest
    void aSegmentIsWholeOrBrokenAndNeverAnException(FuzzedDataProvider data) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path segment = folder.resolve("chain-000000000000000001.jsonl");
        try {
            Files.write(segment, data.consumeRemainingAsBytes());
            AuditVerification found = new ChainFiles(folder).verify();
            if (found == null) {
                throw new IllegalStateException("no answer");
            }
        } finally {
            Files.deleteIfExists(segment);
            Files.delete(folder);
        }
    }
}
