package io.sekimori.releases.repository;

import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import io.sekimori.releases.ReleasesException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The tables of this area. What fails below becomes the area's own exception. Thread-safe. */
final class Tables {

    private static final Schema SCHEMA = Schema.beside(
            "releases",
            Tables.class,
            "V1__releases.sql",
            "V2__approvals.sql",
            "V3__withdrawals.sql",
            "V4__consoles.sql",
            "V5__running.sql",
            "V6__digests.sql");

    private final Supplier<@Nullable Records> records;

    Tables(Supplier<@Nullable Records> records) {
        this.records = records;
    }

    <T extends @Nullable Object> T read(Work<T> work) throws ReleasesException {
        try {
            return present().open(SCHEMA).read(work);
        } catch (RecordsException e) {
            throw new ReleasesException(e.getMessage(), e);
        }
    }

    <T extends @Nullable Object> T write(Work<T> work) throws ReleasesException {
        try {
            return present().open(SCHEMA).write(work);
        } catch (RecordsException e) {
            throw new ReleasesException(e.getMessage(), e);
        }
    }

    private Records present() throws ReleasesException {
        Records now = records.get();
        if (now == null) {
            throw new ReleasesException("no records are installed", null);
        }
        return now;
    }
}
