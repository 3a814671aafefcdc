package io.sekimori.update.engine;

import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Hears what people took back of their approvals, unless an update is under way, and says what is remembered. Thread-safe. */
final class ApprovalDesk {

    private final Surroundings around;
    private final Semaphore oneAtATime;

    ApprovalDesk(Surroundings around, Semaphore oneAtATime) {
        this.around = around;
        this.oneAtATime = oneAtATime;
    }

    boolean hear(byte[] approvals) throws UpdateException {
        if (!oneAtATime.tryAcquire()) {
            return false;
        }
        try {
            new PeoplesApproval(around, true).hear(approvals);
            return true;
        } catch (Stopped e) {
            throw new UpdateException(e.reason(), e);
        } finally {
            oneAtATime.release();
        }
    }

    List<TakenBack.Remembered> remembered() throws UpdateException {
        try {
            return new PeoplesApproval(around, false).remembered();
        } catch (Stopped e) {
            throw new UpdateException(e.reason(), e);
        }
    }
}
