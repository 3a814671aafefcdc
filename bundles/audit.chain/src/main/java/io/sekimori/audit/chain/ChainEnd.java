package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of the chain on disk, kept open between batches. Looks again what another version has appended meanwhile,
 * and sets aside what a power cut tore. Confined to the holder of the folder's lock.
 */
final class ChainEnd {

    /** The segment that is written, as it was when this writer last looked. */
    record At(Segment segment, Disk.Appendable file, long length, Tail tail) {}

    private final ChainDirectory directory;
    private final Disk disk;
    private final Housekeeping housekeeping;
    private @Nullable At known;
    private List<Path> untold = List.of();

    ChainEnd(ChainDirectory directory, Disk disk, Housekeeping housekeeping) {
        this.directory = directory;
        this.disk = disk;
        this.housekeeping = housekeeping;
    }

    /** Torn ends that were set aside and of which no line tells yet. */
    List<Path> untold() {
        return untold;
    }

    /** Notes that lines tell of all torn ends. */
    void told() {
        untold = List.of();
    }

    /** The end as it is now, or null if there is no segment. */
    @Nullable
    At find() throws IOException, AuditException {
        At last = known;
        if (last == null) {
            return open();
        }
        long length;
        try {
            length = Files.size(last.segment().file());
        } catch (NoSuchFileException e) {
            return open();
        }
        if (length < last.length()) {
            return open();
        }
        if (length > last.length()) {
            // Another version has appended, or was cut off while it did.
            SegmentScan scan = scan(last.segment(), last.length(), last.tail());
            if (scan.damage() != null) {
                return open();
            }
            last = new At(last.segment(), last.file(), scan.goodBytes(), scan.tail());
        }
        Segment next = directory.segment(last.tail().sequence() + 1);
        if (next.first() != last.segment().first() && Files.exists(next.file())) {
            return open();
        }
        known = last;
        return last;
    }

    /** Begins the segment behind {@code tail}. */
    At begin(Tail tail) throws IOException {
        close();
        Segment segment = directory.segment(tail.sequence() + 1);
        DurableFile.makeFile(segment.file());
        DurableFile.syncDirectory(directory.folder());
        At begun = new At(segment, disk.open(segment.file()), 0, tail);
        known = begun;
        return begun;
    }

    /** Appends whole lines that end in {@code tail}, durably; after a failure they are taken back. */
    void append(At at, byte[] lines, Tail tail) throws IOException {
        try {
            at.file().append(lines);
        } catch (IOException e) {
            undo(at, e);
            throw e;
        }
        known = new At(at.segment(), at.file(), at.length() + lines.length, tail);
    }

    /** Closes the segment; the end is sought anew when it is needed. */
    void close() {
        At last = known;
        known = null;
        if (last != null) {
            try {
                last.file().close();
            } catch (IOException e) {
                // Every line was durable when its write returned; closing adds nothing.
            }
        }
    }

    // Nobody was told that these lines are durable; left there they would tell of actions that were refused.
    private static void undo(At at, IOException cause) {
        try {
            at.file().truncate(at.length());
        } catch (IOException e) {
            cause.addSuppressed(e); // the next writer finds the end by itself
        }
    }

    private @Nullable At open() throws IOException, AuditException {
        close();
        List<Segment> segments = directory.segments();
        untold = directory.pending();
        if (segments.isEmpty()) {
            return null;
        }
        Segment last = segments.get(segments.size() - 1);
        SegmentScan scan = scan(last, 0, reading(() -> ChainStart.ofLast(segments)));
        SegmentScan.Damage damage = scan.damage();
        if (damage != null && !damage.torn()) {
            throw new AuditException(
                    damage.code(), last.name() + " line " + damage.line() + ": " + damage.detail(), null);
        }
        At found = new At(last, disk.open(last.file()), scan.goodBytes(), scan.tail());
        known = found;
        if (damage != null) {
            housekeeping.setAside(last, scan);
            untold = directory.pending();
            found.file().truncate(found.length());
        }
        return found;
    }

    private static SegmentScan scan(Segment segment, long offset, Tail start) throws AuditException {
        return reading(() -> SegmentScan.of(segment.file(), offset, start, line -> true));
    }

    private interface Reading<T> {
        T run() throws IOException, AuditException;
    }

    private static <T> T reading(Reading<T> reading) throws AuditException {
        try {
            return reading.run();
        } catch (IOException e) {
            throw new AuditException(AuditCode.AUDIT_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
