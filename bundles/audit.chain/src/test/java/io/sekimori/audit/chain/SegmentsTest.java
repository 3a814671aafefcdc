package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.durable.VersionLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {

    @TempDir
    Path folder;

    private ChainOnDisk chain;

    @BeforeEach
    void noChainYet() {
        chain = new ChainOnDisk(folder.resolve("chain"));
    }

    @Test
    void anAbsentChainIsWholeAndEmpty() throws Exception {
        assertThat(chain.intact().records()).isZero();
        assertThat(chain.subjects()).isEmpty();
    }

    @Test
    void theChainGoesOnAcrossSegments() throws Exception {
        ChainWriter writer = chain.writer(keeping(Long.MAX_VALUE));
        for (int i = 0; i < 30; i++) {
            writer.write(ChainOnDisk.bodies("entry " + i));
        }

        assertThat(chain.names().size()).isGreaterThan(5);
        assertThat(chain.intact().records()).isEqualTo(30);
        assertThat(chain.subjects()).hasSize(30).endsWith("entry 29");
    }

    @Test
    void aNewWriterGoesOnWhereTheOldOneStoppedAlsoAtAnEmptySegment() throws Exception {
        chain.batch("one");
        Files.createFile(chain.folder().resolve("chain-000000000000000002.jsonl"));

        chain.batch("two");

        assertThat(chain.intact().records()).isEqualTo(2);
        assertThat(Files.size(chain.folder().resolve("chain-000000000000000002.jsonl")))
                .isPositive();
    }

    @Test
    void theOldestSegmentsGoAndARecordTellsOfIt() throws Exception {
        ChainWriter writer = chain.writer(keeping(4_000));
        for (int i = 0; i < 60; i++) {
            writer.write(ChainOnDisk.bodies("entry " + i));
        }

        assertThat(chain.intact().firstSequence()).isGreaterThan(1);
        assertThat(chain.intact().records()).isLessThan(60);
        assertThat(chain.subjects()).endsWith("entry 59");
    }

    @Test
    void readingBeginsAndEndsWhereAsked() throws Exception {
        ChainWriter writer = chain.writer(keeping(Long.MAX_VALUE));
        for (int i = 1; i <= 30; i++) {
            writer.write(ChainOnDisk.bodies("entry " + i));
        }

        assertThat(new ChainFiles(chain.folder()).read(13, 4))
                .extracting(record -> record.entry().subject())
                .containsExactly("entry 13", "entry 14", "entry 15", "entry 16");
        assertThat(new ChainFiles(chain.folder()).read(31, 4)).isEmpty();
    }

    @Test
    void anotherWriterKeepsThisOneOutForAsLongAsItIsPatient() throws Exception {
        chain.batch("one");
        VersionLock held = VersionLock.take(chain.folder().resolve("lock"), Duration.ofSeconds(5))
                .orElseThrow();
        ChainWriter impatient = chain.writer(new Limits(1_000, 1_000, 10, Duration.ofMillis(20)));

        assertThatThrownBy(() -> impatient.write(ChainOnDisk.bodies("two")))
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(AuditCode.AUDIT_LOCKED));
        held.release();
        impatient.write(ChainOnDisk.bodies("two"));
    }

    @Test
    void aClockSetBackNeverMakesTheChainGoBackInTime() throws Exception {
        chain.batch("one");
        Clock past = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        new ChainWriter(chain.folder(), new SynchronousDisk(), past, Limits.DEFAULT).write(ChainOnDisk.bodies("two"));

        assertThat(chain.intact().records()).isEqualTo(2);
    }

    @Test
    void aFileInPlaceOfTheFolderIsUnwritable() throws Exception {
        Files.write(chain.folder(), new byte[1]);

        assertThatThrownBy(() -> chain.writer().probe())
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(AuditCode.AUDIT_UNWRITABLE));
    }

    @Test
    void aFolderTakenAwayIsMadeAgain() throws Exception {
        ChainWriter writer = chain.writer();
        writer.write(ChainOnDisk.bodies("one"));
        Files.move(chain.folder(), folder.resolve("taken"));

        try {
            writer.write(ChainOnDisk.bodies("refused or recorded"));
        } catch (AuditException e) {
            assertThat(e.code()).isEqualTo(AuditCode.AUDIT_UNWRITABLE);
        }
        writer.write(ChainOnDisk.bodies("two"));

        assertThat(chain.subjects()).endsWith("two");
        assertThat(chain.intact().firstSequence()).isEqualTo(1);
    }

    @Test
    void onlyTheOwnerCanReadIt() throws Exception {
        chain.batch("one");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chain.folder())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(chain.onlySegment())))
                .isEqualTo("rw-------");
    }

    private static Limits keeping(long bytes) {
        return new Limits(1_000, bytes, 10, Duration.ofSeconds(5));
    }
}
