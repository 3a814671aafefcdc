package io.sekimori.records.sql;

import io.sekimori.records.RecordsException;
import java.sql.Connection;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Asks the database something. Apart from the records, which programs use without OSGi. Thread-safe. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=records", HealthCheck.TAGS + "=sekimori"})
public final class RecordsHealth implements HealthCheck {

    private final SqlRecords records;

    /** Called by Declarative Services. */
    @Activate
    public RecordsHealth(@Reference SqlRecords records) {
        this.records = records;
    }

    @Override
    public Result execute() {
        Pool pool = records.pool();
        String place = pool.target().place();
        try {
            String doubt = pool.run(connections -> {
                try (Connection connection = connections.getConnection()) {
                    String found = pool.target().doubt(connection);
                    connection.rollback();
                    return found;
                }
            });
            return doubt.isEmpty()
                    ? new Result(Result.Status.OK, place)
                    : new Result(Result.Status.WARN, place + ": " + doubt);
        } catch (RecordsException e) {
            return new Result(Result.Status.CRITICAL, place + ": " + e.getMessage());
        }
    }
}
