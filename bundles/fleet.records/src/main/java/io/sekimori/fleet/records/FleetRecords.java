package io.sekimori.fleet.records;

import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fleet's tables. What fails below becomes the fleet's own exception. Thread-safe. */
final class FleetRecords {

    static final Schema SCHEMA = Schema.beside(
            "fleet",
            FleetRecords.class,
            "V1__gateways.sql",
            "V2__order.sql",
            "V3__noted.sql",
            "V4__offline_stale.sql",
            "V5__slot.sql");

    private final Supplier<@Nullable Records> records;

    FleetRecords(Supplier<@Nullable Records> records) {
        this.records = records;
    }

    <T extends @Nullable Object> T read(Work<T> work) throws FleetException {
        try {
            return present().open(SCHEMA).read(work);
        } catch (RecordsException e) {
            throw unavailable(e);
        }
    }

    <T extends @Nullable Object> T write(Work<T> work) throws FleetException {
        try {
            return present().open(SCHEMA).write(work);
        } catch (RecordsException e) {
            throw unavailable(e);
        }
    }

    private Records present() throws FleetException {
        Records current = records.get(); // read once: one call, one provider
        if (current == null) {
            throw new FleetException(FleetCode.RECORDS_UNAVAILABLE, "no records are installed", null);
        }
        return current;
    }

    private static FleetException unavailable(RecordsException e) {
        return new FleetException(FleetCode.RECORDS_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
}
