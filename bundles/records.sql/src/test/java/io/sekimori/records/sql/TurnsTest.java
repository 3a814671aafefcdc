package io.sekimori.records.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private final List<Thread> started = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work);
        started.add(thread);
        return thread;
    });
    private final AtomicLong nanos = new AtomicLong();
    private final Turns turns = new Turns(Duration.ofMinutes(1));
    private final Journal journal = new Journal();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whoWaitsIsWrittenTogetherAndHearsItsOwnResult() throws Exception {
        List<Future<Integer>> callers = waitingBehindOne(5, number -> number);

        journal.goOn.countDown();

        assertThat(results(callers)).containsExactly(0, 1, 2, 3, 4);
        assertThat(journal.commits).isEqualTo(2);
    }

    @Test
    void nobodyHearsOfAnothersFault() throws Exception {
        List<Future<Integer>> callers = waitingBehindOne(4, number -> {
            if (number == 2) {
                throw new SQLException("its own fault");
            }
            return number;
        });

        journal.goOn.countDown();

        assertThat(callers.get(1).get()).isEqualTo(1);
        assertThat(callers.get(3).get()).isEqualTo(3);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> callers.get(2).get())
                .withMessageContaining("its own fault");
        assertThat(journal.commits)
                .as("the first, and one each of those that are good")
                .isEqualTo(3);
    }

    @Test
    void whetherItIsOnDiskIsUncertainForAllOfThem() throws Exception {
        List<Future<Integer>> callers = waitingBehindOne(3, number -> number);
        journal.breaksAfter = 1;

        journal.goOn.countDown();

        assertThat(callers.get(0).get()).isZero();
        for (Future<Integer> caller : callers.subList(1, 3)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(caller::get)
                    .havingCause()
                    .isInstanceOfSatisfying(
                            RecordsException.class, e -> assertThat(e.code()).isEqualTo(RecordsCode.RECORDS_UNCERTAIN));
        }
    }

    @Test
    void whoWaitedLongEnoughIsToldSoAndIsNotWrittenAfterAll() throws Exception {
        Turns impatient = new Turns(Duration.ofMillis(20));
        List<Future<Integer>> first = waitingBehindOne(1, number -> number, impatient);

        assertThatExceptionOfType(RecordsException.class)
                .isThrownBy(() -> impatient.write(connection -> 7, journal))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RecordsCode.RECORDS_CONTENDED));

        journal.goOn.countDown();
        assertThat(first.get(0).get()).isZero();
        assertThat(impatient.<Integer>write(connection -> 8, journal)).isEqualTo(8);
        assertThat(journal.commits).isEqualTo(2);
    }

    /** Which of the two takes the other's work in hand is left to them. */
    @Test
    void whatHangsInAnothersHandIsUncertainAfterTwoPatiencesAndMayBeWrittenYet() throws Exception {
        Turns watched = new Turns(Duration.ofMinutes(1), nanos::get);
        journal.hangsAfter = 1;
        List<Future<Integer>> callers = waitingBehindOne(3, number -> number, watched);
        journal.goOn.countDown();
        assertThat(journal.begun.tryAcquire(1, TimeUnit.MINUTES)).isTrue();

        int told = ended(callers.subList(1, 3), () -> {
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            started.forEach(LockSupport::unpark);
        });

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> callers.get(told + 1).get())
                .havingCause()
                .isInstanceOfSatisfying(
                        RecordsException.class, e -> assertThat(e.code()).isEqualTo(RecordsCode.RECORDS_UNCERTAIN));
        journal.hangsNoMore.countDown();
        assertThat(callers.get(2 - told).get()).isEqualTo(2 - told);
    }

    @Test
    void whoseOwnTurnDoesNotComeAfterTheSharedOneWasUndoneIsToldSo() throws Exception {
        Turns watched = new Turns(Duration.ofMinutes(1), nanos::get);
        journal.hangsAfter = 2;
        List<Integer> ran = new CopyOnWriteArrayList<>();
        List<Future<Integer>> callers = waitingBehindOne(
                3,
                number -> {
                    ran.add(number);
                    if (ran.size()
                            == 3) { // the first, and both together: their patience ends, and nothing of it stands
                        nanos.addAndGet(TimeUnit.MINUTES.toNanos(3));
                        throw new SQLException("its own fault");
                    }
                    return number;
                },
                watched);
        journal.goOn.countDown();

        int told = ended(callers.subList(1, 3), () -> {});

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> callers.get(told + 1).get())
                .havingCause()
                .isInstanceOfSatisfying(
                        RecordsException.class, e -> assertThat(e.code()).isEqualTo(RecordsCode.RECORDS_CONTENDED));
        journal.hangsNoMore.countDown();
        assertThat(callers.get(2 - told).get()).isEqualTo(2 - told);
        assertThat(ran).as("who was told so, was not written").hasSize(4).last().isEqualTo(2 - told);
    }

    /** The first of these that has ended; until then, this happens. */
    private int ended(List<Future<Integer>> callers, Runnable meanwhile) {
        while (true) {
            for (int i = 0; i < callers.size(); i++) {
                if (callers.get(i).isDone()) {
                    return i;
                }
            }
            meanwhile.run();
            Thread.onSpinWait();
        }
    }

    private interface Numbered {
        int of(int number) throws SQLException;
    }

    private List<Future<Integer>> waitingBehindOne(int callers, Numbered work) throws InterruptedException {
        return waitingBehindOne(callers, work, turns);
    }

    /** The first writes, and the others have come to wait for it; it goes on when the latch says so. */
    private List<Future<Integer>> waitingBehindOne(int callers, Numbered work, Turns here) throws InterruptedException {
        List<Future<Integer>> waiting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int number = i;
            waiting.add(threads.submit(() -> here.write(connection -> work.of(number), journal)));
            if (i == 0) {
                assertThat(journal.begun.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            }
            while (here.waiting() < i) {
                Thread.onSpinWait();
            }
        }
        return waiting;
    }

    private static List<Integer> results(List<Future<Integer>> callers) throws Exception {
        List<Integer> results = new ArrayList<>();
        for (Future<Integer> caller : callers) {
            results.add(caller.get());
        }
        return results;
    }

    /** Stands for the database: counts what it commits, and holds its first transaction. */
    private static final class Journal implements Turns.Writer {

        final CountDownLatch goOn = new CountDownLatch(1);
        final Semaphore begun = new Semaphore(0);
        int commits;

        int breaksAfter = Integer.MAX_VALUE;
        int hangsAfter = Integer.MAX_VALUE;
        final CountDownLatch hangsNoMore = new CountDownLatch(1);
        private final AtomicInteger transactions = new AtomicInteger();

        @Override
        public <T extends @Nullable Object> T write(Work<T> work) throws SQLException, RecordsException {
            begun.release();
            try {
                goOn.await();
                if (transactions.getAndIncrement() >= hangsAfter) {
                    hangsNoMore.await();
                }
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            T done = work.run(connection());
            if (commits >= breaksAfter) {
                throw new RecordsException(RecordsCode.RECORDS_UNCERTAIN, "the connection broke", null);
            }
            commits++;

            return done;
        }

        private static Connection connection() {
            return (Connection) Proxy.newProxyInstance(
                    Journal.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        throw new UnsupportedOperationException(method.getName());
                    });
        }
    }
}
