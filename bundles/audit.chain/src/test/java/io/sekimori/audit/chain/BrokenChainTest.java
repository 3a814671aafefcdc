package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditVerification.Broken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenChainTest {

    @TempDir(factory = InMemory.class)
    Path folder;

    private ChainOnDisk chain;

    @BeforeEach
    void fourBatches() {
        chain = new ChainOnDisk(folder.resolve("chain"));
        for (String subject : List.of("one", "two", "three", "four")) {
            chain.batch(subject);
        }
    }

    @Test
    void everyFlippedByteIsFoundWithItsPlace() throws IOException {
        byte[] good = chain.bytes();
        for (int i = 0; i < good.length - 1; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(chain.onlySegment(), bad);

            Broken broken = chain.broken();

            assertThat(broken.line()).isEqualTo(broken.lastGoodSequence() + 1);
            assertThat(broken.file()).isEqualTo("chain-000000000000000001.jsonl");
        }
    }

    @Test
    void aRemovedLineIsFound() throws IOException {
        rewrite(lines -> lines.remove(1));

        assertThat(chain.broken())
                .extracting(Broken::code, Broken::line)
                .containsExactly(AuditCode.AUDIT_SEQUENCE_WRONG, 2L);
    }

    @Test
    void linesCutOffUnderTheWriterAreToldOf() throws Exception {
        ChainWriter writer = chain.writer();
        writer.write(ChainOnDisk.bodies("five", "six"));
        rewrite(lines -> lines.subList(3, 6).clear());

        writer.write(ChainOnDisk.bodies("seven"));
        writer.write(ChainOnDisk.bodies("eight"));

        writer.release();
        assertThat(chain.subjects()).containsExactly("one", "two", "three", "the chain", "seven", "eight");
        assertThat(new ChainFiles(chain.folder()).read(4, 1).get(0).entry())
                .satisfies(entry -> assertThat(entry.action()).isEqualTo(Housekeeping.MISSING))
                .satisfies(entry ->
                        assertThat(entry.detail()).containsEntry("after", "3").containsEntry(Housekeeping.UNTIL, "6"));
    }

    @Test
    void aChainRemovedUnderTheWriterIsToldOf() throws Exception {
        ChainWriter writer = chain.writer();
        writer.write(ChainOnDisk.bodies("five"));
        Files.delete(chain.onlySegment());

        writer.write(ChainOnDisk.bodies("six"));

        writer.release();
        assertThat(chain.subjects()).containsExactly("the chain", "six");
    }

    @Test
    void exchangedLinesAreFound() throws IOException {
        rewrite(lines -> Collections.swap(lines, 1, 2));

        assertThat(chain.broken().code()).isEqualTo(AuditCode.AUDIT_SEQUENCE_WRONG);
    }

    @Test
    void aLineOfAnotherChainIsFound() throws IOException {
        ChainOnDisk other = new ChainOnDisk(folder.resolve("other"));
        other.batch("one");
        other.batch("forged");
        String forged = Files.readAllLines(other.onlySegment()).get(1);

        rewrite(lines -> lines.set(1, forged));

        assertThat(chain.broken())
                .extracting(Broken::code, Broken::line)
                .containsExactly(AuditCode.AUDIT_LINK_WRONG, 2L);
    }

    @Test
    void anEndlessLineIsRefusedInBoundedMemory() throws IOException {
        Files.write(chain.onlySegment(), new byte[40 << 20]);

        assertThat(chain.broken().code()).isEqualTo(AuditCode.AUDIT_LINE_MALFORMED);
        assertThatThrownBy(() -> chain.writer().probe()).isInstanceOf(AuditException.class);
    }

    @Test
    void aMissingHeadIsFound() throws Exception {
        ChainOnDisk rotated = new ChainOnDisk(folder.resolve("rotated"));
        ChainWriter writer = rotated.writer(new Limits(1, Long.MAX_VALUE, 10, Duration.ofSeconds(5)));
        for (int i = 0; i < 4; i++) {
            writer.write(ChainOnDisk.bodies("entry"));
        }
        Files.delete(rotated.onlySegment());

        assertThat(rotated.broken().code()).isEqualTo(AuditCode.AUDIT_HEAD_MISSING);
    }

    @Test
    void aMissingMiddleIsFound() throws Exception {
        ChainOnDisk rotated = new ChainOnDisk(folder.resolve("rotated"));
        ChainWriter writer = rotated.writer(new Limits(1, Long.MAX_VALUE, 10, Duration.ofSeconds(5)));
        for (int i = 0; i < 4; i++) {
            writer.write(ChainOnDisk.bodies("entry"));
        }
        Files.delete(rotated.folder().resolve("chain-000000000000000002.jsonl"));

        assertThat(rotated.broken().code()).isEqualTo(AuditCode.AUDIT_SEQUENCE_WRONG);
    }

    @Test
    void readingStopsAtDamageWithItsCode() throws IOException {
        rewrite(lines -> lines.remove(1));

        assertThatThrownBy(() -> chain.subjects())
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(AuditCode.AUDIT_SEQUENCE_WRONG));
    }

    @Test
    void aFolderInPlaceOfASegmentIsUnreadable() throws IOException {
        Files.delete(chain.onlySegment());
        Files.createDirectory(chain.onlySegment());

        assertThat(chain.broken().code()).isEqualTo(AuditCode.AUDIT_UNREADABLE);
    }

    private void rewrite(Consumer<List<String>> change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(chain.onlySegment()));
        change.accept(lines);
        Files.write(chain.onlySegment(), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
