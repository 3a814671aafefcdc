package io.sekimori.config.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.Secret;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back of an update. */
class SnapshotTest {

    private static final String PID = FakeSchemas.PID;
    private static final String INSTANCE = FakeSchemas.FACTORY + "~one";
    private static final Authorship ALICE = new Authorship("local:alice", "because");
    private static final Authorship UPDATE = new Authorship("io.sekimori.update.engine", "reverted");

    @TempDir
    Path unit;

    private Gateway gateway;
    private AdminConfigurations configurations;

    @BeforeEach
    void startGateway() {
        gateway = new Gateway(unit).generation(1, Map.of("default.pid", Map.of("a", 1L)));
        configurations = gateway.start("process 1");
    }

    @Test
    void everythingOfTheBundlesAndPidsComesBack() throws Exception {
        change(PID, 0, Map.of("count", 7, "password", new Secret("planted".toCharArray())));
        change(INSTANCE, 0, Map.of("count", 3));
        gateway.admin.put("admin.only", Map.of("a", StoredValue.of("x", false)));
        Snapshot kept = configurations.snapshot(Set.of("example", "default.pid", "admin.only", "absent.pid"));

        change(PID, 1, Map.of("count", 8));
        configurations.remove(INSTANCE, 1, ALICE);
        configurations.applyDefaults(2, Map.of("default.pid", Map.of("a", 2L), "absent.pid", Map.of("b", 1L)));
        gateway.admin.delete("admin.only");
        configurations.configurationEvent(Events.updated("admin.only"));

        assertThat(gateway.start("process 1").restore(kept, UPDATE))
                .containsExactlyInAnyOrder(
                        new Applied(PID, 3),
                        new Applied(INSTANCE, 3),
                        new Applied("default.pid", 3),
                        new Applied("absent.pid", 2),
                        new Applied("admin.only", 3));
        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(gateway.admin.value(PID, "password")).isEqualTo("planted");
        assertThat(gateway.admin.value(INSTANCE, "count")).isEqualTo(3);
        assertThat(gateway.admin.value("default.pid", "a")).isEqualTo(1L);
        assertThat(gateway.admin.value("admin.only", "a")).isEqualTo("x");
        assertThat(gateway.admin.configurations).doesNotContainKey("absent.pid");
        assertThat(configurations.read("default.pid").orElseThrow().facts().origin())
                .isEqualTo(Origin.GENERATION);
    }

    @Test
    void whatIsAsItWasIsNotTouched() throws Exception {
        change(PID, 0, Map.of("count", 7));
        Snapshot kept = configurations.snapshot(Set.of("example", "absent.pid"));
        change(PID, 1, Map.of("count", 8));
        change(PID, 2, Map.of("count", 7));

        assertThat(configurations.restore(kept, UPDATE)).isEmpty();
        assertThat(configurations.history(PID)).hasSize(3);
    }

    @Test
    void theWayBackDoesNotWaitForTheAuditAndIsToldAfterwards() throws Exception {
        change(PID, 0, Map.of("count", 7));
        Snapshot kept = configurations.snapshot(Set.of(PID));
        change(PID, 1, Map.of("count", 8));
        configurations.audit = null;

        assertThat(configurations.restore(kept, UPDATE)).containsExactly(new Applied(PID, 3));
        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(configurations.execute().isOk()).isFalse();

        configurations.audit = gateway;
        assertThat(configurations.execute().isOk()).isTrue();
        AuditEntry late = gateway.audited.get(gateway.audited.size() - 1);
        assertThat(late.verdict()).isEqualTo(Verdict.DONE);
        assertThat(late.detail()).containsEntry("late", "true").containsEntry("version", "3");
    }

    @Test
    void theWayBackNeedsNoRoomOnTheDisk() throws Exception {
        change(PID, 0, Map.of("count", 7));
        Snapshot kept = configurations.snapshot(Set.of(PID, INSTANCE));
        change(PID, 1, Map.of("count", 8));
        change(INSTANCE, 0, Map.of("count", 3));
        gateway.diskIsFull = true;

        configurations.restore(kept, UPDATE);

        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
        assertThat(gateway.admin.configurations).doesNotContainKey(INSTANCE);
        assertThat(configurations.read(PID).orElseThrow().values()).containsEntry("count", 7);
        assertThat(configurations.read(INSTANCE)).isEmpty();
    }

    @Test
    void aSnapshotHoldsItsVersionsUntilItIsForgotten() throws Exception {
        change(PID, 0, Map.of("count", 7));
        Snapshot kept = configurations.snapshot(Set.of(PID));
        for (int version = 1; version < 150; version++) {
            change(PID, version, Map.of("count", 1 + version % 5));
        }
        assertThat(configurations.restore(kept, UPDATE)).containsExactly(new Applied(PID, 151));
        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);

        configurations.forget(kept);
        configurations.forget(kept);
        change(PID, 151, Map.of("count", 6));

        assertThat(configurations.restore(kept, UPDATE))
                .singleElement()
                .satisfies(outcome -> assertThat(((Refused) outcome).code()).isEqualTo(ConfigCode.VERSION_UNKNOWN));
    }

    @Test
    void onlyTheNewestSnapshotsAreKept() throws Exception {
        change(PID, 0, Map.of("count", 7));
        for (int i = 0; i < Snapshots.KEPT + 5; i++) {
            configurations.snapshot(Set.of(PID));
        }

        try (var files = Files.list(gateway.folder().resolve("snapshots"))) {
            assertThat(files).hasSize(Snapshots.KEPT);
        }
    }

    @Test
    void aRefusalOfOneDoesNotKeepTheOthersFromComingBack() throws Exception {
        change(PID, 0, Map.of("count", 7));
        change(INSTANCE, 0, Map.of("count", 3));
        Snapshot kept = new Snapshot("made-up", Map.of(PID, 1L, INSTANCE, 9L, "../x", 1L));
        change(PID, 1, Map.of("count", 8));

        assertThat(configurations.restore(kept, UPDATE)).hasSize(3).contains(new Applied(PID, 3));
        assertThat(gateway.admin.value(PID, "count")).isEqualTo(7);
    }

    private void change(String pid, long version, Map<String, Object> set) {
        assertThat(configurations.change(new Change(pid, version, set, Set.of(), ALICE)))
                .isEqualTo(new Applied(pid, version + 1));
    }
}
