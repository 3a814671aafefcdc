package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch diskHangs = new CountDownLatch(1);
    private final CountDownLatch diskWorks = new CountDownLatch(1);
    private final List<Integer> batches = new ArrayList<>();
    private final AtomicInteger sequence = new AtomicInteger();

    @AfterEach
    void endCallers() throws InterruptedException {
        diskWorks.countDown();
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWaitedForTheDiskGoesInOneBatch() throws Exception {
        GroupCommit commit = new GroupCommit(this::hangOnce, limits(100, LONG));
        CompletableFuture<AuditReceipt> first = append(commit);
        diskHangs.await();
        List<CompletableFuture<AuditReceipt>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(append(commit));
        }
        awaitWaiting(commit, 21);

        diskWorks.countDown();

        first.join();
        waiting.forEach(CompletableFuture::join);
        assertThat(batches).containsExactly(1, 20);
    }

    @Test
    void anErrorOfTheWriterLeavesNobodyWithoutAnAnswer() throws Exception {
        AtomicInteger writes = new AtomicInteger();
        GroupCommit commit = new GroupCommit(
                bodies -> {
                    if (writes.incrementAndGet() > 1) {
                        throw new NoClassDefFoundError("planted: the classes of this version are gone");
                    }
                    return hangOnce(bodies);
                },
                limits(100, LONG));
        CompletableFuture<AuditReceipt> first = append(commit);
        diskHangs.await();
        List<CompletableFuture<AuditReceipt>> waiting = List.of(append(commit), append(commit), append(commit));
        awaitWaiting(commit, 4);

        diskWorks.countDown();

        first.join();
        for (CompletableFuture<AuditReceipt> each : waiting) {
            assertThatThrownBy(() -> each.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aFullQueueRefusesAfterABoundedWait() throws Exception {
        GroupCommit commit = new GroupCommit(this::hangOnce, limits(1, SHORT));
        CompletableFuture<AuditReceipt> first = append(commit);
        diskHangs.await();

        assertRefused(commit, AuditCode.AUDIT_QUEUE_FULL);

        diskWorks.countDown();
        first.join();
        commit.append(Entries.entry("room again"));
    }

    @Test
    void aHangingDiskRefusesWhoWaitsAndDropsItsEntry() throws Exception {
        GroupCommit commit = new GroupCommit(this::hangOnce, limits(10, SHORT));
        CompletableFuture<AuditReceipt> first = append(commit);
        diskHangs.await();

        assertRefused(commit, AuditCode.AUDIT_TIMEOUT);

        diskWorks.countDown();
        first.join();
        commit.append(Entries.entry("next"));
        assertThat(batches).containsExactly(1, 1);
    }

    @Test
    void aFailedBatchRefusesEveryOneInIt() throws Exception {
        GroupCommit commit = new GroupCommit(
                bodies -> {
                    hangOnce(bodies);
                    throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "full", null);
                },
                limits(10, LONG));
        CompletableFuture<AuditReceipt> first = append(commit);
        diskHangs.await();
        CompletableFuture<AuditReceipt> second = append(commit);
        awaitWaiting(commit, 2);

        diskWorks.countDown();

        assertThatThrownBy(first::join).hasRootCauseInstanceOf(AuditException.class);
        assertThatThrownBy(second::join).hasRootCauseInstanceOf(AuditException.class);
    }

    @Test
    void aWriterThatBreaksItsPromiseRefusesAndDoesNotBlockTheNext() {
        AtomicInteger calls = new AtomicInteger();
        GroupCommit commit = new GroupCommit(
                bodies -> {
                    if (calls.getAndIncrement() == 0) {
                        throw new IllegalStateException("broken");
                    }
                    return receipts(bodies);
                },
                limits(1, SHORT));

        assertRefused(commit, AuditCode.AUDIT_UNWRITABLE);
        assertThat(append(commit).join().sequence()).isEqualTo(1);
    }

    @Test
    void anInterruptedCallerIsServedAndStaysInterrupted() throws Exception {
        GroupCommit commit = new GroupCommit(this::receipts, limits(10, LONG));
        Thread.currentThread().interrupt();

        commit.append(Entries.entry("one"));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void noCallerIsForgottenUnderLoad() {
        GroupCommit commit = new GroupCommit(this::receipts, limits(16, LONG));
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int caller = 0; caller < 64; caller++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            append(commit, i);
                        }
                    },
                    callers));
        }

        all.forEach(CompletableFuture::join);

        assertThat(sequence).hasValue(64 * 200);
    }

    private static void awaitWaiting(GroupCommit commit, int entries) {
        while (commit.waiting() < entries) {
            Thread.onSpinWait();
        }
    }

    private List<AuditReceipt> hangOnce(List<byte[]> bodies) {
        diskHangs.countDown();
        try {
            diskWorks.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return receipts(bodies);
    }

    private List<AuditReceipt> receipts(List<byte[]> bodies) {
        batches.add(bodies.size());
        return bodies.stream()
                .map(body -> new AuditReceipt(sequence.incrementAndGet(), Instant.EPOCH, "0".repeat(64)))
                .toList();
    }

    private CompletableFuture<AuditReceipt> append(GroupCommit commit) {
        return CompletableFuture.supplyAsync(() -> append(commit, 0), callers);
    }

    private static AuditReceipt append(GroupCommit commit, int number) {
        try {
            return commit.append(Entries.entry("entry " + number));
        } catch (AuditException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(GroupCommit commit, AuditCode code) {
        assertThatThrownBy(() -> commit.append(Entries.entry("refused")))
                .isInstanceOfSatisfying(
                        AuditException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Limits limits(int queue, Duration patience) {
        return new Limits(1 << 20, 1 << 30, queue, patience);
    }
}
