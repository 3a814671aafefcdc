package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the chain on disk. Takes the folder's lock for each batch and looks again what another version of
 * this bundle has appended meanwhile, so that two of them make one chain.
 *
 * <p>Thread-safe; one batch at a time. Works on after {@link #release()}, opening files for one batch only.
 */
final class ChainWriter implements BatchWriter {

    private final ChainDirectory directory;
    private final Clock clock;
    private final Housekeeping housekeeping;
    private final ChainEnd end;
    private volatile Limits limits;
    private @Nullable FileChannel lockChannel;
    private boolean released;
    // Only this process knows of lines that somebody cut off.
    private Tail newest = Tail.START;

    ChainWriter(Path folder, Disk disk, Clock clock, Limits limits) {
        this.directory = new ChainDirectory(folder);
        this.clock = clock;
        this.limits = limits;
        this.housekeeping = new Housekeeping(directory);
        this.end = new ChainEnd(directory, disk, housekeeping);
    }

    void limits(Limits changed) {
        limits = changed;
    }

    @Override
    public synchronized List<AuditReceipt> write(List<byte[]> bodies) throws AuditException {
        return locked(() -> {
            ChainEnd.At at = end.find();
            Tail tail = at == null ? Tail.START : at.tail();
            List<Path> pending = end.untold();
            List<byte[]> own = new ArrayList<>(Housekeeping.tellOf(pending, tail.sequence()));
            if (tail.sequence() < newest.sequence()) {
                own.add(Housekeeping.tellOfMissing(newest, tail));
            }
            List<Segment> expired = List.of();
            if (at == null || at.length() >= limits.segmentBytes()) {
                at = end.begin(tail);
                expired = housekeeping.expired(limits.keepBytes());
                own.addAll(housekeeping.tellOfExpired(expired));
            }
            List<AuditReceipt> receipts = append(at, own, bodies);
            tidy(pending, expired);
            return receipts;
        });
    }

    // The lines are durable already: what fails here is tried again later and refuses nobody.
    private void tidy(List<Path> told, List<Segment> expired) {
        try {
            Housekeeping.settle(told, directory.folder());
            end.told();
            Housekeeping.remove(expired, directory.folder());
        } catch (IOException e) {
            end.close();
        }
    }

    /** Finds the end of the chain as a write would, without writing a line. */
    synchronized Tail probe() throws AuditException {
        return locked(() -> {
            ChainEnd.At at = end.find();
            return at == null ? Tail.START : at.tail();
        });
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
            FileLock lock = VersionLock.on(lockChannel(), limits.patience()).orElse(null);
            if (lock == null) {
                throw new AuditException(AuditCode.AUDIT_LOCKED, "another writer holds the chain", null);
            }
            try {
                return work.run();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            closeAll(); // also the lock: the folder itself may be gone
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, String.valueOf(e.getMessage()), e);
        } finally {
            if (released) {
                closeAll();
            }
        }
    }

    // Kept open between batches: opening costs as much as a batch, and closing drops the locks of other versions.
    private FileChannel lockChannel() throws IOException {
        FileChannel open = lockChannel;
        if (open == null || !open.isOpen()) {
            DurableFile.makeDirectory(directory.folder());
            DurableFile.makeFile(directory.lockFile());
            open = FileChannel.open(directory.lockFile(), StandardOpenOption.READ, StandardOpenOption.WRITE);
            lockChannel = open;
        }
        return open;
    }

    private List<AuditReceipt> append(ChainEnd.At at, List<byte[]> own, List<byte[]> bodies) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * (own.size() + bodies.size()));
        List<AuditReceipt> receipts = new ArrayList<>(bodies.size());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant instant = now.isBefore(at.tail().at()) ? at.tail().at() : now; // a clock set back
        long batch = at.tail().sequence() + 1;
        Tail tail = at.tail();
        for (byte[] body : own) {
            tail = ChainLine.write(lines, tail, batch, instant, body);
        }
        for (byte[] body : bodies) {
            tail = ChainLine.write(lines, tail, batch, instant, body);
            receipts.add(new AuditReceipt(tail.sequence(), tail.at(), tail.hash()));
        }
        end.append(at, lines.toByteArray(), tail);
        newest = tail;
        return receipts;
    }

    private void closeAll() {
        end.close();
        FileChannel channel = lockChannel;
        lockChannel = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // A lock that could not be closed ends with the process.
            }
        }
    }
}
