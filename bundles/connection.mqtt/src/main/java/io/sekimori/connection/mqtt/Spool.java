package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.durable.DurableFile;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.service.log.Logger;

/**
 * What is to be sent, one file each, named by its number so that names sort by age. A version that was just replaced
 * may still add files; {@link #refresh} finds them. Thread-safe.
 */
final class Spool {

    private static final String PROGRESS = "-progress";
    private static final int MOST_FILES = 10_000;
    private static final Pattern NAME = Pattern.compile("[0-9]{19}-(progress|outcome)");

    private final Path folder;
    private final LongSupplier mostBytes;
    private final AuditDesk audit;
    private final Clock clock;
    private final Logger log;
    private final NavigableMap<String, Long> sizes = new TreeMap<>();
    private long bytes;
    private long highest;

    Spool(Path folder, LongSupplier mostBytes, AuditDesk audit, Clock clock, Logger log) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.audit = audit;
        this.clock = clock;
        this.log = log;
    }

    /** Keeps a notification, an outcome durably, and gives up older ones if it must. */
    synchronized void add(Notification notification) throws ConnectionException {
        byte[] content = content(notification);
        makeRoom(notification, content.length);
        try {
            DurableFile.makeDirectory(folder);
            String name;
            do {
                name = name(++highest, notification.importance());
            } while (!created(name, content, notification.importance()));
            put(name, content.length);
        } catch (IOException e) {
            throw new ConnectionException(ConnectionCode.OUTBOX_UNWRITABLE, "cannot write to " + folder, e);
        }
    }

    /** The names of the oldest ones, in order. */
    synchronized List<String> oldest(int most) {
        return sizes.keySet().stream().limit(most).toList();
    }

    synchronized boolean has(String name) {
        return sizes.containsKey(name);
    }

    synchronized int size() {
        return sizes.size();
    }

    /** What lies under this name; empty if it has gone or is damaged, which the audit is told. */
    Optional<Queued> read(String name) {
        try {
            return Optional.of(Queued.parse(Files.readAllBytes(folder.resolve(name))));
        } catch (NoSuchFileException e) {
            forget(name);
        } catch (IOException e) {
            log.error("A notification cannot be read, it stays where it is: {}", name, e);
        } catch (MalformedMessage e) {
            if (name.endsWith(PROGRESS)) {
                log.info("A step on the way was lost with the power: {}", name);
                remove(name);
                return Optional.empty();
            }
            giveUp(name, ConnectionCode.MESSAGE_MALFORMED, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** The broker has it. Should a power cut bring it back, it is sent twice. */
    void remove(String name) {
        forget(name);
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            log.warn("A notification that was sent cannot be removed, it will be sent again: {}", name, e);
        }
    }

    /** It will not be sent; the audit is told. */
    void giveUp(String name, ConnectionCode code, String why) {
        audit.tell(AuditDesk.SELF, "connection.outbox.drop", name, Verdict.FAILED, code.name(), Map.of("why", why));
        remove(name);
    }

    /** Looks at the folder again: for files of an earlier process or of a version just replaced. */
    synchronized void refresh() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!sizes.containsKey(name) && NAME.matcher(name).matches()) {
                    put(name, Files.size(file));
                }
            }
        } catch (IOException e) {
            log.error("The outbox cannot be read; what was kept there is not sent: {}", folder, e);
        }
    }

    private byte[] content(Notification notification) throws ConnectionException {
        Queued queued;
        try {
            queued = Queued.of(notification, clock.instant());
        } catch (IllegalArgumentException e) {
            throw new ConnectionException(ConnectionCode.NOTIFICATION_TOO_LARGE, String.valueOf(e.getMessage()), e);
        }
        byte[] content = queued.bytes();
        int packed = PayloadCodec.pack(queued.payload()).length;
        if (content.length > PayloadCodec.MAX_BYTES || packed > PayloadCodec.MAX_SENT) {
            throw new ConnectionException(
                    ConnectionCode.NOTIFICATION_TOO_LARGE, "a notification has " + packed + " bytes", null);
        }
        return content;
    }

    private void makeRoom(Notification notification, int needed) throws ConnectionException {
        while (bytes + needed > mostBytes.getAsLong() || sizes.size() >= MOST_FILES) {
            Optional<String> progress = sizes.keySet().stream()
                    .filter(name -> name.endsWith(PROGRESS))
                    .findFirst();
            if (progress.isPresent()) {
                remove(progress.get());
            } else if (notification.importance() == Importance.PROGRESS || sizes.isEmpty()) {
                throw new ConnectionException(ConnectionCode.OUTBOX_FULL, "no room for " + notification, null);
            } else {
                giveUpOldestOutcome();
            }
        }
    }

    private void giveUpOldestOutcome() throws ConnectionException {
        String oldest = sizes.firstKey();
        try {
            audit.record(
                    AuditDesk.SELF,
                    "connection.outbox.drop",
                    oldest,
                    Verdict.FAILED,
                    ConnectionCode.OUTBOX_FULL.name(),
                    Map.of("waiting", Integer.toString(sizes.size())));
        } catch (AuditException e) {
            throw new ConnectionException(
                    ConnectionCode.OUTBOX_FULL, "full, and what is oldest is not given up without an audit", e);
        }
        remove(oldest);
    }

    // A step on the way is not worth the flash that a sync costs; an update has a dozen of them.
    private boolean created(String name, byte[] content, Importance importance) throws IOException {
        try {
            if (importance == Importance.PROGRESS) {
                DurableFile.createUnsynced(folder.resolve(name), content);
            } else {
                DurableFile.create(folder.resolve(name), content);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private synchronized void forget(String name) {
        Long size = sizes.remove(name);
        bytes -= size == null ? 0 : size;
    }

    private void put(String name, long size) {
        sizes.put(name, size);
        bytes += size;
        highest = Math.max(highest, number(name));
    }

    private static String name(long number, Importance importance) {
        return String.format(Locale.ROOT, "%019d-%s", number, importance.name().toLowerCase(Locale.ROOT));
    }

    private static long number(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('-')));
    }
}
