package io.sekimori.rollouts.waves;

import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables of rollouts. What fails below becomes the exception of this area. Thread-safe. */
final class WaveRecords {

    private static final Schema SCHEMA =
            Schema.beside("rollouts", WaveRecords.class, "V1__rollouts.sql", "V2__taken_back.sql");

    private final Supplier<@Nullable Records> records;

    WaveRecords(Supplier<@Nullable Records> records) {
        this.records = records;
    }

    <T extends @Nullable Object> T read(Work<T> work) throws RolloutException {
        try {
            return present().open(SCHEMA).read(work);
        } catch (RecordsException e) {
            throw unavailable(e);
        }
    }

    <T extends @Nullable Object> T write(Work<T> work) throws RolloutException {
        try {
            return present().open(SCHEMA).write(work);
        } catch (RecordsException e) {
            throw unavailable(e);
        }
    }

    private Records present() throws RolloutException {
        Records current = records.get(); // read once: one call, one provider
        if (current == null) {
            throw new RolloutException(RolloutCode.RECORDS_UNAVAILABLE, "no records are installed", null);
        }
        return current;
    }

    private static RolloutException unavailable(RecordsException e) {
        return new RolloutException(RolloutCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
}
