package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the chain on disk. Takes the folder's lock for each batch and reads again what another version of
 * this bundle has appended meanwhile, so that two of them make one chain.
 *
 * <p>Thread-safe; one batch at a time. Works on after {@link #release()}, opening files for one batch only.
 */
final class ChainWriter implements BatchWriter {

    /** The end of the chain as it was when this writer last looked. */
    private record End(@Nullable Segment segment, Disk.@Nullable Appendable file, long length, Tail tail) {}

    private final ChainDirectory directory;
    private final Disk disk;
    private final Clock clock;
    private final Housekeeping housekeeping;
    private volatile Limits limits;
    private @Nullable FileChannel lockChannel;
    private @Nullable End end;
    private List<Path> untold = List.of();
    private boolean released;

    ChainWriter(Path folder, Disk disk, Clock clock, Limits limits) {
        this.directory = new ChainDirectory(folder);
        this.disk = disk;
        this.clock = clock;
        this.limits = limits;
        this.housekeeping = new Housekeeping(directory);
    }

    void limits(Limits changed) {
        limits = changed;
    }

    @Override
    public synchronized List<AuditReceipt> write(List<byte[]> bodies) throws AuditException {
        return locked(() -> {
            End at = catchUp();
            List<Path> pending = untold;
            List<byte[]> own =
                    new ArrayList<>(Housekeeping.tellOf(pending, at.tail().sequence()));
            List<Segment> expired = List.of();
            if (at.segment() == null || at.length() >= limits.segmentBytes()) {
                at = nextSegment(at);
                expired = housekeeping.expired(limits.keepBytes());
                own.addAll(housekeeping.tellOfExpired(expired));
            }
            List<AuditReceipt> receipts = append(at, own, bodies);
            Housekeeping.settle(pending, directory.folder());
            untold = List.of();
            Housekeeping.remove(expired, directory.folder());
            return receipts;
        });
    }

    /** Finds the end of the chain as a write would, without writing a line. */
    synchronized Tail probe() throws AuditException {
        return locked(() -> catchUp().tail());
    }

    /** Closes what is open. Later calls work too, but leave nothing open. */
    synchronized void release() {
        released = true;
        closeAll();
    }

    private interface Work<T> {
        T run() throws IOException, AuditException;
    }

    private <T> T locked(Work<T> work) throws AuditException {
        try {
            DurableFile.makeDirectory(directory.folder());
            FileChannel channel = lockChannel();
            FileLock lock = VersionLock.on(channel, limits.patience()).orElse(null);
            if (lock == null) {
                throw new AuditException(AuditCode.AUDIT_LOCKED, "another writer holds the chain", null);
            }
            try {
                return work.run();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            closeEnd();
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, reason(e), e);
        } finally {
            if (released) {
                closeAll();
            }
        }
    }

    private FileChannel lockChannel() throws IOException {
        FileChannel open = lockChannel;
        if (open == null || !open.isOpen()) {
            DurableFile.makeFile(directory.lockFile());
            open = FileChannel.open(directory.lockFile(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            lockChannel = open;
        }
        return open;
    }

    private End catchUp() throws IOException, AuditException {
        End known = end;
        if (known == null || known.segment() == null) {
            return open();
        }
        long length;
        try {
            length = Files.size(known.segment().file());
        } catch (NoSuchFileException e) {
            return open();
        }
        End now = known;
        if (length != known.length()) {
            // Another version has appended, or was cut off while it did.
            SegmentScan scan = length < known.length() ? null : scan(known.segment(), known.length(), known.tail());
            if (scan == null || scan.damage() != null) {
                return open();
            }
            now = new End(known.segment(), known.file(), scan.goodBytes(), scan.tail());
        }
        Segment next = directory.segment(now.tail().sequence() + 1);
        if (next.first() != known.segment().first() && Files.exists(next.file())) {
            return open();
        }
        end = now;
        return now;
    }

    private End open() throws IOException, AuditException {
        closeEnd();
        List<Segment> segments = directory.segments();
        untold = directory.pending();
        if (segments.isEmpty()) {
            return new End(null, null, 0, Tail.START);
        }
        Segment last = segments.get(segments.size() - 1);
        SegmentScan scan = scan(last, 0, startOf(segments));
        Disk.Appendable file = disk.open(last.file());
        end = new End(last, file, scan.goodBytes(), scan.tail());
        SegmentScan.Damage damage = scan.damage();
        if (damage != null) {
            if (!damage.torn()) {
                closeEnd();
                throw new AuditException(
                        damage.code(), last.name() + " line " + damage.line() + ": " + damage.detail(), null);
            }
            housekeeping.setAside(last, scan);
            untold = directory.pending();
            file.truncate(scan.goodBytes());
        }
        return end;
    }

    private Tail startOf(List<Segment> segments) throws AuditException {
        return guarded(() -> ChainStart.ofLast(segments));
    }

    private static SegmentScan scan(Segment segment, long offset, Tail start) throws AuditException {
        return guarded(() -> SegmentScan.of(segment.file(), offset, start, line -> true));
    }

    private static <T> T guarded(Work<T> reading) throws AuditException {
        try {
            return reading.run();
        } catch (IOException e) {
            throw new AuditException(AuditCode.AUDIT_UNREADABLE, reason(e), e);
        }
    }

    private End nextSegment(End at) throws IOException {
        closeEnd();
        Segment segment = directory.segment(at.tail().sequence() + 1);
        DurableFile.makeFile(segment.file());
        DurableFile.syncDirectory(directory.folder());
        End opened = new End(segment, disk.open(segment.file()), 0, at.tail());
        end = opened;
        return opened;
    }

    private List<AuditReceipt> append(End at, List<byte[]> own, List<byte[]> bodies) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * (own.size() + bodies.size()));
        List<AuditReceipt> receipts = new ArrayList<>(bodies.size());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant instant = now.isBefore(at.tail().at()) ? at.tail().at() : now; // a clock set back
        long batch = at.tail().sequence() + 1;
        Tail tail = at.tail();
        for (byte[] body : own) {
            tail = ChainLine.write(bytes, tail, batch, instant, body);
        }
        for (byte[] body : bodies) {
            tail = ChainLine.write(bytes, tail, batch, instant, body);
            receipts.add(new AuditReceipt(tail.sequence(), tail.at(), tail.hash()));
        }
        Disk.Appendable file = Objects.requireNonNull(at.file());
        try {
            file.append(bytes.toByteArray());
        } catch (IOException e) {
            undo(file, at.length(), e);
            throw e;
        }
        end = new End(at.segment(), file, at.length() + bytes.size(), tail);
        return receipts;
    }

    // Nobody was told that these lines are durable; left there they would tell of actions that were refused.
    private static void undo(Disk.Appendable file, long length, IOException cause) {
        try {
            file.truncate(length);
        } catch (IOException e) {
            cause.addSuppressed(e); // the next writer finds the end by itself
        }
    }

    private void closeAll() {
        closeEnd();
        FileChannel channel = lockChannel;
        lockChannel = null;
        closeQuietly(channel);
    }

    private void closeEnd() {
        End known = end;
        end = null;
        closeQuietly(known == null ? null : known.file());
    }

    private static void closeQuietly(@Nullable Closeable file) {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // Every line was durable when its write returned; closing adds nothing.
            }
        }
    }

    private static String reason(IOException e) {
        return String.valueOf(e.getMessage());
    }
}
