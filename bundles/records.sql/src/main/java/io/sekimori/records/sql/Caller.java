package io.sekimori.records.sql;

import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One who waits for its turn; what comes of the work is there before its fate says so. Its end is its own thread's alone. */
final class Caller<T extends @Nullable Object> {

    /** What became of the work; only of what is in hand nobody knows whether it will stand. */
    enum Fate {
        OPEN,
        IN_HAND,
        WRITTEN,
        UNDONE,
        UNCERTAIN
    }

    final Work<T> work;
    final Thread thread = Thread.currentThread();
    volatile Fate fate = Fate.OPEN;

    /** When its patience ends, in {@link System#nanoTime}; and whether that is the one it has for what is in hand. */
    long end;

    boolean hearing;

    @Nullable
    T result;

    @Nullable
    RecordsException doubt;

    Caller(Work<T> work, long end) {
        this.work = work;
        this.end = end;
    }

    boolean waits() {
        return fate == Fate.OPEN || fate == Fate.IN_HAND;
    }

    void run(Connection connection) throws SQLException {
        result = work.run(connection);
    }
}
