package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut leaves is healed and told; what it cannot have left is refused. */
class TornEndTest {

    @TempDir(factory = InMemory.class)
    Path folder;

    private ChainOnDisk chain;
    private byte[] confirmed;
    private byte[] whole;

    @BeforeEach
    void aConfirmedBatchAndOneInFlight() throws IOException {
        chain = new ChainOnDisk(folder.resolve("chain"));
        chain.batch("first", "second");
        confirmed = chain.bytes();
        chain.batch("third", "fourth");
        whole = chain.bytes();
    }

    @Test
    void aCutAtAnyByteKeepsWhatWasConfirmedAndTellsOfTheRest() throws Exception {
        for (int length = confirmed.length; length <= whole.length; length++) {
            ChainOnDisk cut = copy("cut-" + length, Arrays.copyOf(whole, length));
            long certain = cut.intact().records();
            long unfinished = cut.intact().unfinishedBytes();
            assertThat(certain).isGreaterThanOrEqualTo(2);

            cut.batch("after");

            assertThat(cut.intact().unfinishedBytes()).isZero();
            assertThat(cut.intact().records()).isEqualTo(certain + (unfinished > 0 ? 2 : 1));
            assertThat(cut.subjects()).startsWith("first", "second").endsWith("after");
            assertThat(cut.names()).noneMatch(name -> name.endsWith(".pending"));
            assertThat(cut.names().stream().filter(name -> name.startsWith("torn-after-")))
                    .hasSize(unfinished > 0 ? 1 : 0);
        }
    }

    @Test
    void theTornBytesAreKept() throws Exception {
        ChainOnDisk cut = copy("cut", Arrays.copyOf(whole, confirmed.length + 17));

        cut.batch("after");

        String torn = cut.names().stream()
                .filter(name -> name.startsWith("torn-"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readAllBytes(cut.folder().resolve(torn)))
                .isEqualTo(Arrays.copyOfRange(whole, confirmed.length, confirmed.length + 17));
        assertThat(cut.subjects()).contains(torn);
    }

    @Test
    void aBlockNeverWrittenInsideTheLastBatchIsTorn() throws Exception {
        for (int from = confirmed.length; from < whole.length; from += 7) {
            byte[] holed = whole.clone();
            Arrays.fill(holed, from, Math.min(holed.length, from + 64), (byte) 0);
            ChainOnDisk torn = copy("holed-" + from, holed);

            torn.batch("after");

            assertThat(torn.intact().unfinishedBytes()).isZero();
            assertThat(torn.subjects()).startsWith("first", "second").endsWith("after");
        }
    }

    @Test
    void aBlockOfZerosInAConfirmedBatchIsNotTorn() throws Exception {
        byte[] holed = whole.clone();
        Arrays.fill(holed, confirmed.length - 64, confirmed.length - 10, (byte) 0);
        ChainOnDisk damaged = copy("holed", holed);

        assertThat(damaged.broken().lastGoodSequence()).isEqualTo(1);
        assertRefusesToWrite(damaged, AuditCode.AUDIT_LINE_MALFORMED);
    }

    @Test
    void aChangedLastLineIsNotTorn() throws Exception {
        byte[] changed = whole.clone();
        changed[whole.length - 100] ^= 1;
        ChainOnDisk damaged = copy("changed", changed);

        assertThat(damaged.broken().lastGoodSequence()).isEqualTo(3);
        assertThat(damaged.broken().line()).isEqualTo(4);
        assertThatThrownBy(() -> damaged.writer().write(ChainOnDisk.bodies("after")))
                .isInstanceOf(AuditException.class);
        assertThat(damaged.bytes()).isEqualTo(changed);
    }

    @Test
    void aFailedPowerWhileHealingIsHealedAgain() throws Exception {
        ChainOnDisk cut = copy("cut", Arrays.copyOf(whole, whole.length - 5));
        cut.writer().probe(); // has set the end aside and cut it off; the line that tells is still to come

        assertThat(cut.names()).anyMatch(name -> name.endsWith(".pending"));
        cut.batch("after");

        assertThat(cut.subjects()).hasSize(5).endsWith("after");
        assertThat(cut.names()).noneMatch(name -> name.endsWith(".pending"));
    }

    private ChainOnDisk copy(String name, byte[] segment) throws IOException {
        ChainOnDisk copy = new ChainOnDisk(folder.resolve(name));
        Files.createDirectory(copy.folder());
        Files.write(copy.onlySegment(), segment);
        return copy;
    }

    private static void assertRefusesToWrite(ChainOnDisk chain, AuditCode code) {
        assertThatThrownBy(() -> chain.writer().write(ChainOnDisk.bodies("after")))
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
