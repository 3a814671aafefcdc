package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets callers share the disk's confirmations: whoever finds nobody writing writes for all who wait. There is no
 * thread to start or stop, so a call made after the component was deactivated is served like any other, and a single
 * caller pays for no change of threads.
 *
 * <p>Thread-safe. Waits do not end by interruption; it is kept for later.
 */
final class GroupCommit {

    /** The most bytes of entries in one batch. A larger entry goes alone. */
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private final BatchWriter writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<Ticket> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Limits limits;

    GroupCommit(BatchWriter writer, Limits limits) {
        this.writer = writer;
        this.limits = limits;
    }

    void limits(Limits changed) {
        limits = changed;
    }

    AuditReceipt append(AuditEntry entry) throws AuditException {
        byte[] body = ChainLine.body(entry);
        boolean interrupted = false;
        Patience patience = new Patience(limits.patience());
        try {
            while (!admitted()) {
                if (patience.isOver()) {
                    throw new AuditException(AuditCode.AUDIT_QUEUE_FULL, "no room in the queue in time", null);
                }
                interrupted |= Thread.interrupted();
                patience.pauseBriefly();
            }
            Ticket ticket = new Ticket(body, Thread.currentThread());
            queue.add(ticket);
            while (!ticket.isAnswered()) {
                interrupted |= Thread.interrupted();
                leadOrWait(ticket, patience);
            }
            return ticket.answer();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many entries wait for the disk. */
    int waiting() {
        return waiting.get();
    }

    private boolean admitted() {
        if (waiting.incrementAndGet() <= limits.queue()) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    private void leadOrWait(Ticket ticket, Patience patience) {
        if (writing.tryLock()) {
            try {
                writeWaiting();
            } finally {
                writing.unlock();
            }
            wakeNext();
        } else if (patience.isOver()) {
            // Taken or not, nobody will be told that it is durable; not taken, it will not be written.
            if (ticket.fail(new AuditException(AuditCode.AUDIT_TIMEOUT, "the disk did not confirm in time", null))) {
                waiting.decrementAndGet();
            }
        } else {
            patience.pauseUntilWoken(this);
        }
    }

    // Whoever joined the queue before the lock was free sees it taken and sleeps: so look at the queue afterwards.
    private void wakeNext() {
        Ticket next = queue.peek();
        if (next != null) {
            LockSupport.unpark(next.owner());
        }
    }

    private void writeWaiting() {
        List<Ticket> batch = nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        AuditException failure = new AuditException(AuditCode.AUDIT_UNWRITABLE, "the writer failed", null);
        try {
            List<AuditReceipt> receipts =
                    writer.write(batch.stream().map(Ticket::body).toList());
            for (int i = 0; i < batch.size(); i++) {
                settle(batch.get(i), batch.get(i).succeed(receipts.get(i)));
            }
        } catch (AuditException e) {
            failure = e;
        } catch (RuntimeException e) {
            // The boundary between callers: one must not take the answer of the others with it.
            failure = new AuditException(AuditCode.AUDIT_UNWRITABLE, "the writer failed", e);
        } finally {
            // Also under an error, as when this version's classes are gone: nobody may wait for an answer for ever.
            for (Ticket ticket : batch) {
                settle(ticket, ticket.fail(failure));
            }
        }
    }

    private void settle(Ticket ticket, boolean firstAnswer) {
        if (firstAnswer) {
            waiting.decrementAndGet();
            LockSupport.unpark(ticket.owner());
        }
    }

    private List<Ticket> nextBatch() {
        List<Ticket> batch = new ArrayList<>();
        int bytes = 0;
        for (Ticket next = queue.peek(); next != null; next = queue.peek()) {
            bytes += next.body().length;
            if (!batch.isEmpty() && bytes > MAX_BATCH_BYTES) {
                break;
            }
            queue.poll();
            if (!next.isAnswered()) {
                batch.add(next);
            }
        }
        return batch;
    }

    /** How long one caller still waits. Confined to its thread. */
    private static final class Patience {

        private static final long BRIEF_NANOS = 200_000;

        private final long deadline;

        Patience(Duration whole) {
            deadline = System.nanoTime() + whole.toNanos();
        }

        boolean isOver() {
            return System.nanoTime() - deadline >= 0;
        }

        void pauseBriefly() {
            LockSupport.parkNanos(BRIEF_NANOS);
        }

        void pauseUntilWoken(Object why) {
            LockSupport.parkNanos(why, Math.max(1, deadline - System.nanoTime()));
        }
    }
}
