package io.sekimori.audit.chain;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.audit.AuditVerification;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The audit as a hash chain in {@code data/io.sekimori.audit.chain}. Two versions of it may run beside each other and
 * write one chain; a call that comes after deactivation is still recorded.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {AuditLog.class, AuditTrail.class, HealthCheck.class},
        configurationPid = ChainAuditLog.PID,
        property = {HealthCheck.NAME + "=audit chain", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = ChainAuditLog.Config.class)
public final class ChainAuditLog implements AuditLog, AuditTrail, HealthCheck, AutoCloseable {

    static final String PID = "io.sekimori.audit.chain";

    private static final long SPACE_TO_WARN_BYTES = 32L << 20;

    /** What can be configured. */
    @ObjectClassDefinition(name = "Sekimori audit chain", description = "The audit on this gateway's disk")
    @interface Config {

        @AttributeDefinition(
                name = "Segment size",
                description = "Bytes after which a new file is begun; 64 KiB to 64 MiB",
                min = "65536",
                max = "67108864")
        long segment_bytes() default 4L << 20;

        @AttributeDefinition(
                name = "Kept size",
                description = "Bytes of audit kept; the oldest files beyond are removed, which a record tells;"
                        + " 1 MiB to 64 GiB",
                min = "1048576",
                max = "68719476736")
        long keep_bytes() default 256L << 20;

        @AttributeDefinition(
                name = "Queue",
                description = "Entries that may wait for the disk; 1 to 65536",
                min = "1",
                max = "65536")
        int queue_entries() default 4096;

        @AttributeDefinition(
                name = "Patience",
                description = "Milliseconds that an action waits for its record before it is refused; 100 to 60000",
                min = "100",
                max = "60000")
        long patience_millis() default 10_000;
    }

    private final Path folder;
    private final ChainWriter writer;
    private final GroupCommit commit;
    private final ChainFiles files;

    /** Called by Declarative Services; touches no file. */
    @Activate
    public ChainAuditLog(@Reference RunningGeneration generation, Config config) {
        this(generation.unit().resolve("data").resolve(PID), new SynchronousDisk(), limits(config));
    }

    /** The audit of a unit that does not run, for programs that make or mend one. To be closed. */
    public static ChainAuditLog ofUnit(Path unit) {
        return new ChainAuditLog(unit.resolve("data").resolve(PID), new SynchronousDisk(), Limits.DEFAULT);
    }

    ChainAuditLog(Path folder, Disk disk, Limits limits) {
        this.folder = folder;
        this.writer = new ChainWriter(folder, disk, Clock.systemUTC(), limits);
        this.commit = new GroupCommit(writer, limits);
        this.files = new ChainFiles(folder);
    }

    /** Takes a new configuration without the service going away. */
    @Modified
    void apply(Config config) {
        use(limits(config));
    }

    void use(Limits limits) {
        writer.limits(limits);
        commit.limits(limits);
    }

    /** Closes the files. Calls still to come open and close them for themselves. */
    @Deactivate
    @Override
    public void close() {
        writer.release();
    }

    @Override
    public AuditReceipt append(AuditEntry entry) throws AuditException {
        return commit.append(entry);
    }

    @Override
    public List<AuditRecord> read(long fromSequence, int limit) throws AuditException {
        return files.read(fromSequence, limit);
    }

    @Override
    public AuditVerification verify() {
        return files.verify();
    }

    /** Looks whether the next record could be written: folder, lock, end of the chain, room on the disk. */
    @Override
    public Result execute() {
        try {
            Tail tail = writer.probe();
            // Asked of the path itself: a file store is looked up among mount points, which a chroot does not show.
            long usable = folder.toFile().getUsableSpace();
            if (usable < SPACE_TO_WARN_BYTES) {
                return new Result(Result.Status.WARN, usable + " bytes of disk left for the audit");
            }
            return new Result(Result.Status.OK, "the chain ends with record " + tail.sequence());
        } catch (AuditException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }

    private static Limits limits(Config config) {
        return new Limits(
                config.segment_bytes(),
                config.keep_bytes(),
                config.queue_entries(),
                Duration.ofMillis(config.patience_millis()));
    }
}
