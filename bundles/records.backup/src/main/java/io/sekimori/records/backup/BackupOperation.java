package io.sekimori.records.backup;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Makes a backup of the console that runs, for a person on the machine: {@code {"file": absolute path, "passphrase": text}}.
 * Thread-safe.
 */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=console.backup")
public final class BackupOperation implements ControlOperation {

    private static final String ACTION = "console.backup";

    private final Path unit;

    // Dynamic, so that a swap of the records or the audit does not restart this. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public BackupOperation(@Reference RunningGeneration generation) {
        this(generation.unit());
    }

    BackupOperation(Path unit) {
        this.unit = unit;
    }

    /** Keeps them for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        recordsAtEnd = records;
        auditAtEnd = audit;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        if (!(members.get("file") instanceof String file)
                || !(members.get("passphrase") instanceof String secret)
                || !Path.of(file).isAbsolute()) {
            return new ControlAnswer.Refused(
                    DataCode.BACKUP_REQUEST_MALFORMED.name(), "an absolute file and a passphrase are needed");
        }
        Records current = Lasting.of(records, recordsAtEnd); // read once: one call, one database
        if (current == null) {
            return new ControlAnswer.Refused(RecordsCode.RECORDS_ABSENT.name(), "no records are installed");
        }
        char[] passphrase = secret.toCharArray();
        try {
            record(person, file, Verdict.ALLOWED, "");
            SortedMap<String, TableFacts> facts = ConsoleBackup.write(current, unit, passphrase, Path.of(file));
            Map<String, Object> rows = new TreeMap<>();
            facts.forEach((table, held) -> rows.put(table, held.rows()));
            return new ControlAnswer.Done(Map.of("file", file, "rows", rows));
        } catch (AuditException e) {
            return new ControlAnswer.Refused(e.code().name(), "it could not be audited");
        } catch (DataException e) {
            return failed(person, file, e.code(), e);
        } catch (RecordsException e) {
            return failed(person, file, e.code(), e);
        } catch (IOException e) {
            return failed(person, file, DataCode.BACKUP_NOT_WRITTEN, e);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private ControlAnswer failed(String person, String file, Enum<?> code, Throwable e) {
        try {
            record(person, file, Verdict.FAILED, code.name());
        } catch (AuditException unrecorded) {
            e.addSuppressed(unrecorded);
        }
        return new ControlAnswer.Refused(code.name(), String.valueOf(e.getMessage()));
    }

    private void record(String person, String file, Verdict verdict, String reason) throws AuditException {
        AuditLog current = Lasting.of(audit, auditAtEnd);
        if (current == null) {
            throw new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null);
        }
        current.append(new AuditEntry("local:" + person, ACTION, "console", verdict, reason, Map.of("file", file)));
    }
}
