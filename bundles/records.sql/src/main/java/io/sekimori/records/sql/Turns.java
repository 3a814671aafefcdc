package io.sekimori.records.sql;

import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets writers who take turns anyway share a commit: who finds nobody writing runs the works of all who wait, one after the
 * other, in one transaction, and wakes them. If one of them fails, nothing of it stands and each runs its own by itself, so
 * that nobody hears of another's fault. There is no thread to start or stop. Thread-safe; nobody who waits is woken by an
 * interruption, which is kept for later.
 */
final class Turns {

    /** The most works in one transaction: the first of them waits for the last. */
    static final int MOST = 32;

    private final Duration patience;
    private final LongSupplier nanos;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Caller<?>> waiting = new ConcurrentLinkedQueue<>();

    /** @param patience how long a caller waits until its work is in hand, and from then on until it hears what came of it */
    Turns(Duration patience) {
        this(patience, System::nanoTime);
    }

    Turns(Duration patience, LongSupplier nanos) {
        this.patience = patience;
        this.nanos = nanos;
    }

    /** Runs a work as one transaction. */
    interface Writer {

        /**
         * On return it is on disk.
         *
         * @throws SQLException if nothing was changed
         * @throws RecordsException if that is not known
         */
        <T extends @Nullable Object> T write(Work<T> work) throws SQLException, RecordsException;
    }

    /** As {@link Writer#write}, with those who wait at the same time. */
    <T extends @Nullable Object> T write(Work<T> work, Writer writer) throws SQLException, RecordsException {
        Caller<T> mine = new Caller<>(work, endOfPatience());
        waiting.add(mine);
        boolean interrupted = false;
        try {
            while (mine.waits()) {
                interrupted |= Thread.interrupted();
                if (!turn.tryLock()) {
                    await(mine);
                    continue;
                }
                try {
                    if (waiting.remove(mine) && !lead(mine, writer)) {
                        return writer.write(work);
                    }
                } finally {
                    release();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return outcome(mine, writer);
    }

    private <T extends @Nullable Object> T outcome(Caller<T> mine, Writer writer)
            throws SQLException, RecordsException {
        RecordsException doubt = mine.doubt;
        if (doubt != null) {
            throw new RecordsException(doubt.code(), "written with others, " + doubt.getMessage(), doubt);
        }
        if (mine.fate == Caller.Fate.WRITTEN) {
            return mine.result;
        }
        if (!tryTurn(mine.end)) {
            throw contended(); // nothing of it stands
        }
        try {
            return writer.write(mine.work);
        } finally {
            release();
        }
    }

    private boolean tryTurn(long end) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return turn.tryLock(end - nanos.getAsLong(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many wait and are in nobody's hand. */
    int waiting() {
        return waiting.size();
    }

    /** Runs the works of all who wait with the first; false if there is no other. */
    private boolean lead(Caller<?> first, Writer writer) {
        List<Caller<?>> together = new ArrayList<>(List.of(first));
        for (Caller<?> next = waiting.poll(); next != null; next = together.size() < MOST ? waiting.poll() : null) {
            next.fate = Caller.Fate.IN_HAND;
            together.add(next);
        }
        if (together.size() == 1) {
            return false;
        }
        Caller.Fate fate = Caller.Fate.UNDONE;
        try {
            writer.<@Nullable Void>write(connection -> {
                for (Caller<?> caller : together) {
                    caller.run(connection);
                }
                return null;
            });
            fate = Caller.Fate.WRITTEN;
        } catch (RecordsException e) {
            fate = Caller.Fate.UNCERTAIN;
            together.forEach(caller -> caller.doubt = e);
        } catch (SQLException | RuntimeException | LinkageError e) {
            // Whose fault it was, comes out when each runs its own.
        } finally {
            for (Caller<?> caller : together) {
                caller.fate = fate;
                LockSupport.unpark(caller.thread);
            }
        }
        return true;
    }

    private void await(Caller<?> mine) throws RecordsException {
        if (mine.fate == Caller.Fate.IN_HAND && !mine.hearing) {
            mine.hearing = true;
            mine.end = endOfPatience();
        }
        long left = mine.end - nanos.getAsLong();
        if (left > 0) {
            LockSupport.parkNanos(this, left);
        } else if (waiting.remove(mine)) {
            wakeNext(); // who was woken last may have been this one
            throw contended();
        } else if (mine.hearing && mine.fate == Caller.Fate.IN_HAND) {
            // Another has it in hand, and may yet write it.
            throw new RecordsException(RecordsCode.RECORDS_UNCERTAIN, "in others' hands for all of " + patience, null);
        }
    }

    private RecordsException contended() {
        return new RecordsException(RecordsCode.RECORDS_CONTENDED, "others wrote for all of " + patience, null);
    }

    private long endOfPatience() {
        return nanos.getAsLong() + patience.toNanos();
    }

    private void release() {
        turn.unlock();
        wakeNext();
    }

    // Who joins the queue while the lock is taken sees that and sleeps: so the queue is looked at once it is free.
    private void wakeNext() {
        Caller<?> next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.thread);
        }
    }
}
