package io.sekimori.records.sql;

import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The console's records in H2 or PostgreSQL. Opens nothing before it is asked. Two versions of it may run beside each
 * other: PostgreSQL does not mind, and H2's engine is a bundle of its own that both use.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Records.class, SqlRecords.class},
        configurationPid = Settings.PID)
@Designate(ocd = Settings.Config.class)
public final class SqlRecords implements Records, AutoCloseable {

    private final Path unit;
    private final ThreadLocal<Boolean> busy = ThreadLocal.withInitial(() -> false);
    private volatile Current current;

    /** What is in force. */
    private record Current(Settings settings, Pool pool) {}

    /** Called by Declarative Services; touches neither disk nor network. */
    @Activate
    public SqlRecords(@Reference RunningGeneration generation, Settings.Config config) {
        this(generation.unit(), Settings.of(config));
    }

    /** The records in the H2 file of a unit whose console does not run, for programs beside it. */
    public static SqlRecords ofUnit(Path unit) {
        return ofUnit(unit, Map.of());
    }

    /**
     * The records of a unit as its configuration says, for programs beside the console.
     *
     * @param unit the unit's folder
     * @param configuration the values of the configuration {@code io.sekimori.records.sql}; defaults for those not named
     * @throws IllegalArgumentException if a value is malformed
     */
    public static SqlRecords ofUnit(Path unit, Map<String, ?> configuration) {
        return new SqlRecords(unit, Settings.of(configuration));
    }

    SqlRecords(Path unit, Settings settings) {
        this.unit = unit;
        this.current = current(unit, settings);
    }

    private static Current current(Path unit, Settings settings) {
        Target target = settings.url().isEmpty()
                ? new H2Target(unit.resolve("data").resolve(Settings.PID), settings.patience())
                : new PostgresTarget(settings, unit);
        return new Current(settings, new Pool(target, settings));
    }

    /** Takes a new configuration without the service going away; transactions under way end where they began. */
    @Modified
    void apply(Settings.Config config) {
        use(Settings.of(config));
    }

    synchronized void use(Settings settings) {
        Current before = current;
        if (!before.settings().equals(settings)) {
            current = current(unit, settings);
            before.pool().retire();
        }
    }

    /** Closes the connections once nobody uses them. Calls still to come open and close some for themselves. */
    @Deactivate
    @Override
    public void close() {
        current.pool().retire();
    }

    @Override
    public Database open(Schema schema) throws RecordsException {
        Current now = current; // read once: one call, one database
        now.pool().migrate(schema);
        return new SqlDatabase(now.pool(), now.settings().patience(), busy);
    }

    Pool pool() {
        return current.pool();
    }
}
