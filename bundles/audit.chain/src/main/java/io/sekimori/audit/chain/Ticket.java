package io.sekimori.audit.chain;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One entry waiting for the disk. Thread-safe: the first answer counts. */
final class Ticket {

    private record Answer(
            @Nullable AuditReceipt receipt, @Nullable AuditException failure) {}

    private final byte[] body;
    private final Thread owner;
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

    Ticket(byte[] body, Thread owner) {
        this.body = body;
        this.owner = owner;
    }

    byte[] body() {
        return body;
    }

    Thread owner() {
        return owner;
    }

    boolean succeed(AuditReceipt receipt) {
        return answer.compareAndSet(null, new Answer(receipt, null));
    }

    boolean fail(AuditException failure) {
        return answer.compareAndSet(null, new Answer(null, failure));
    }

    boolean isAnswered() {
        return answer.get() != null;
    }

    AuditReceipt answer() throws AuditException {
        Answer given = answer.get();
        if (given != null && given.receipt() != null) {
            return given.receipt();
        }
        AuditException failure = given == null ? null : given.failure();
        if (failure == null) {
            throw new IllegalStateException("not answered yet");
        }
        // Its own exception for each caller: one shared would carry the stack and the suppressions of another.
        throw new AuditException(failure.code(), String.valueOf(failure.getMessage()), failure);
    }
}
