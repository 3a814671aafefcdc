package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import java.nio.file.Path;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    @TempDir
    Path folder;

    private final FailingDisk disk = new FailingDisk();
    private ChainOnDisk chain;
    private ChainAuditLog log;

    @BeforeEach
    void aChainWithOneRecord() throws AuditException {
        chain = new ChainOnDisk(folder.resolve("chain"));
        log = new ChainAuditLog(chain.folder(), disk, Limits.DEFAULT);
        log.append(Entries.entry("before"));
    }

    @Test
    void aFullDiskRefusesAndLeavesNoTraceOfWhatWasRefused() throws Exception {
        for (int room = 0; room < 300; room += 13) {
            disk.room = room;
            assertUnwritable();

            assertThat(chain.intact().records()).isEqualTo(1);
            assertThat(chain.intact().unfinishedBytes()).isZero();
        }
    }

    @Test
    void aDiskThatHasRoomAgainIsWrittenAgain() throws Exception {
        disk.room = 10;
        assertUnwritable();

        disk.room = Integer.MAX_VALUE;
        log.append(Entries.entry("after"));

        assertThat(chain.subjects()).containsExactly("before", "after");
    }

    @Test
    void aDiskThatCannotEvenTruncateIsHealedWhenItCanAgain() throws Exception {
        disk.room = 10;
        disk.truncates = false;
        assertUnwritable();
        assertThat(chain.intact().unfinishedBytes()).isEqualTo(10);

        disk.room = Integer.MAX_VALUE;
        assertUnwritable();
        disk.truncates = true;
        log.append(Entries.entry("after"));

        assertThat(chain.intact().unfinishedBytes()).isZero();
        assertThat(chain.subjects()).startsWith("before").endsWith("after").hasSize(3);
    }

    @Test
    void healthTellsOfAnEndThatCannotBeFound() throws Exception {
        disk.room = 10;
        disk.truncates = false;
        assertUnwritable();

        assertThat(log.execute().getStatus()).isEqualTo(Result.Status.CRITICAL);
        disk.truncates = true;
        assertThat(log.execute().isOk()).isTrue();
    }

    private void assertUnwritable() {
        assertThatThrownBy(() -> log.append(Entries.entry("refused")))
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(AuditCode.AUDIT_UNWRITABLE));
    }
}
