package io.sekimori.records.sql;

import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of an area up to date with Flyway, one history table for each area. Stateless. */
final class Migrations {

    private static final String HISTORY_SUFFIX = "_migrations";

    private Migrations() {}

    /** The name of the table that keeps which migrations of an area were run. */
    static String historyTable(String area) {
        return area + HISTORY_SUFFIX;
    }

    /** Runs what was not run yet. Who does the same elsewhere is waited for. */
    static void run(Schema schema, Dialect dialect, DataSource source) throws RecordsException {
        try {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source)
                    .loggers("slf4j")
                    .table(historyTable(schema.name()))
                    .resourceProvider(new SchemaFiles(schema, dialect))
                    .javaMigrationClassProvider(List::of)
                    .locations(new String[0])
                    // The tables of other areas are there already; zero is before the first of ours.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .placeholderReplacement(false)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new RecordsException(
                    RecordsCode.RECORDS_MIGRATION_FAILED, "the tables of " + schema.name() + ": " + firstLine(e), e);
        }
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }
}
