package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Confirmed;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private static final Confirmed BEFORE = new Confirmed(1, Optional.empty(), Map.of());
    private static final Confirmed AFTER = new Confirmed(2, Optional.of(1), Map.of());

    /** What becomes of one write. */
    private enum Disk {
        WRITES,
        REFUSES,
        /** The rename is seen by everybody, and may be gone after a power cut. */
        RENAMES_AND_FAILS_TO_SYNC
    }

    private final Deque<Disk> disk = new ArrayDeque<>();
    private Confirmed seen = BEFORE;

    @Test
    void whatTheDiskTakesIsDone() throws Exception {
        decide(Disk.WRITES);

        assertThat(seen).isEqualTo(AFTER);
    }

    @Test
    void whatTheDiskRefusesHasNotHappened() {
        assertThatThrownBy(() -> decide(Disk.REFUSES)).isInstanceOf(Stopped.class);

        assertThat(seen).isEqualTo(BEFORE);
    }

    @Test
    void whatIsNotSyncedIsTakenBack() {
        assertThatThrownBy(() -> decide(Disk.RENAMES_AND_FAILS_TO_SYNC, Disk.WRITES))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("COMMIT_FAILED");

        assertThat(seen).isEqualTo(BEFORE);
    }

    @Test
    void whatCannotBeTakenBackEitherIsInDoubt() {
        assertThatThrownBy(() -> decide(Disk.RENAMES_AND_FAILS_TO_SYNC, Disk.REFUSES))
                .isInstanceOfSatisfying(
                        InDoubt.class,
                        doubt -> assertThat(doubt.reason().code()).isEqualTo("COMMIT_FAILED"));
    }

    /** Everybody sees the pointer before, and after a power cut it may be the other one. */
    @Test
    void whatIsTakenBackWithoutASyncIsInDoubtToo() {
        assertThatThrownBy(() -> decide(Disk.RENAMES_AND_FAILS_TO_SYNC, Disk.RENAMES_AND_FAILS_TO_SYNC))
                .isInstanceOf(InDoubt.class);
    }

    @Test
    void whatCannotBeReadIsInDoubt() {
        Decision decision = new Decision(this::write, () -> {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "Input/output error");
        });
        disk.add(Disk.REFUSES);

        assertThatThrownBy(() -> decision.make(BEFORE, AFTER))
                .isInstanceOf(InDoubt.class)
                .hasMessageContaining("Input/output error");
    }

    private void decide(Disk... writes) throws Exception {
        disk.addAll(List.of(writes));
        new Decision(this::write, () -> seen).make(BEFORE, AFTER);
    }

    private void write(Confirmed confirmed) throws IOException {
        Disk does = disk.remove();
        if (does != Disk.REFUSES) {
            seen = confirmed;
        }
        if (does != Disk.WRITES) {
            throw new IOException("Input/output error");
        }
    }
}
