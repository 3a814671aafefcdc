package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.AuditVerification.Broken;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and checks a chain on disk, with or without a running gateway; the gateway itself uses this class. Needs no
 * OSGi and takes no lock: beside a running writer it sees the chain as it was at some moment, perhaps with the line
 * being written as {@code unfinishedBytes}.
 *
 * <p>Thread-safe; never changes a byte.
 */
public final class ChainFiles implements AuditTrail {

    private static final int MAX_RECORDS = 10_000;
    private static final int TRIES = 5;

    private final ChainDirectory directory;

    /** @param folder where the chain lies: {@code data/io.sekimori.audit.chain} of a unit; need not exist */
    public ChainFiles(Path folder) {
        this.directory = new ChainDirectory(folder);
    }

    @Override
    public AuditVerification verify() {
        for (int tries = 1; ; tries++) {
            try {
                return new ChainVerification(directory.segments()).run();
            } catch (NoSuchFileException e) {
                // The writer has removed the oldest segment since the folder was listed.
                if (tries == TRIES) {
                    return unreadable(e);
                }
            } catch (IOException e) {
                return unreadable(e);
            }
        }
    }

    @Override
    public List<AuditRecord> read(long fromSequence, int limit) throws AuditException {
        if (fromSequence < 1 || limit < 1 || limit > MAX_RECORDS) {
            throw new IllegalArgumentException("fromSequence must be 1 or more, limit 1 to " + MAX_RECORDS);
        }
        List<AuditRecord> records = new ArrayList<>();
        try {
            List<Segment> segments = directory.segments();
            for (int i = firstWith(segments, fromSequence); i < segments.size() && records.size() < limit; i++) {
                SegmentScan scan =
                        SegmentScan.of(segments.get(i).file(), 0, ChainStart.ofFirst(segments.get(i)), line -> {
                            if (line.sequence() >= fromSequence) {
                                records.add(line.toRecord());
                            }
                            return records.size() < limit;
                        });
                refuseDamage(segments.get(i), scan, i == segments.size() - 1);
            }
        } catch (IOException e) {
            throw new AuditException(AuditCode.AUDIT_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
        return List.copyOf(records);
    }

    private static void refuseDamage(Segment segment, SegmentScan scan, boolean last) throws AuditException {
        SegmentScan.Damage damage = scan.damage();
        if (damage != null && !(last && damage.torn())) {
            String detail = segment.name() + " line " + damage.line() + ": " + damage.detail();
            throw new AuditException(damage.code(), detail, null);
        }
    }

    private static int firstWith(List<Segment> segments, long sequence) {
        int found = 0;
        while (found + 1 < segments.size() && segments.get(found + 1).first() <= sequence) {
            found++;
        }
        return found;
    }

    private static Broken unreadable(IOException e) {
        return new Broken(AuditCode.AUDIT_UNREADABLE, "", 0, 0, String.valueOf(e.getMessage()));
    }
}
