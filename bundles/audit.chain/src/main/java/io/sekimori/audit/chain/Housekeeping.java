package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the chain does to itself, each with a line that tells of it: setting aside an end that a power cut tore, and
 * removing the oldest segments. Confined to the writer.
 */
final class Housekeeping {

    static final String ACTOR = "io.sekimori.audit.chain";
    static final String TAIL_SET_ASIDE = "audit.tail-set-aside";
    static final String EXPIRED = "audit.expired";
    static final String MISSING = "audit.records-missing";
    static final String UNTIL = "until";
    static final String UNTIL_HASH = "hash";

    private final ChainDirectory directory;

    Housekeeping(ChainDirectory directory) {
        this.directory = directory;
    }

    /** Copies the torn end of {@code segment} into a file of its own, durably. */
    void setAside(Segment segment, SegmentScan scan) throws IOException {
        byte[] torn;
        try (RandomAccessFile file = new RandomAccessFile(segment.file().toFile(), "r")) {
            torn = new byte[Math.toIntExact(file.length() - scan.goodBytes())];
            file.seek(scan.goodBytes());
            file.readFully(torn);
        }
        try {
            DurableFile.create(directory.pendingFile(scan.tail().sequence(), sha256Hex(torn)), torn);
        } catch (FileAlreadyExistsException e) {
            // Set aside before, and the power failed again before the end was cut off.
        }
    }

    /** A body for each torn end that no line tells of yet. */
    static List<byte[]> tellOf(List<Path> pending, long lastSequence) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        for (Path file : pending) {
            byte[] torn = Files.readAllBytes(file);
            Map<String, String> detail = Map.of(
                    "bytes", Integer.toString(torn.length),
                    "sha256", sha256Hex(torn),
                    "after", Long.toString(lastSequence));
            String subject = ChainDirectory.settled(file).getFileName().toString();
            bodies.add(ChainLine.body(new AuditEntry(ACTOR, TAIL_SET_ASIDE, subject, Verdict.DONE, "", detail)));
        }
        return bodies;
    }

    /** One body telling of lines that were confirmed and are not there any more. */
    static byte[] tellOfMissing(Tail newest, Tail found) {
        Map<String, String> detail = Map.of(
                "after",
                Long.toString(found.sequence()),
                UNTIL,
                Long.toString(newest.sequence()),
                UNTIL_HASH,
                newest.hash());
        return ChainLine.body(new AuditEntry(
                ACTOR, MISSING, "the chain", Verdict.FAILED, AuditCode.AUDIT_SEQUENCE_WRONG.name(), detail));
    }

    /** Marks torn ends as told of. */
    static void settle(List<Path> pending, Path folder) throws IOException {
        for (Path file : pending) {
            Files.move(file, ChainDirectory.settled(file), StandardCopyOption.ATOMIC_MOVE);
        }
        if (!pending.isEmpty()) {
            DurableFile.syncDirectory(folder);
        }
    }

    /** The oldest segments beyond {@code keepBytes}; never the newest two, nor one whose end is in doubt. */
    List<Segment> expired(long keepBytes) throws IOException {
        List<Segment> segments = directory.segments();
        long total = 0;
        for (Segment segment : segments) {
            total += Files.size(segment.file());
        }
        List<Segment> expired = new ArrayList<>();
        for (int i = 0; i < segments.size() - 2 && total > keepBytes; i++) {
            Tail end = ChainStart.ofFirst(segments.get(i + 1));
            if (end.sequence() != segments.get(i + 1).first() - 1) {
                break;
            }
            total -= Files.size(segments.get(i).file());
            expired.add(segments.get(i));
        }
        return expired;
    }

    /** One body telling which lines are about to go; checking the chain asks for it. */
    List<byte[]> tellOfExpired(List<Segment> expired) throws IOException {
        if (expired.isEmpty()) {
            return List.of();
        }
        Segment newest = expired.get(expired.size() - 1);
        List<Segment> segments = directory.segments();
        Tail end = ChainStart.ofFirst(segments.get(expired.size()));
        Map<String, String> detail = Map.of(UNTIL, Long.toString(end.sequence()), UNTIL_HASH, end.hash());
        return List.of(ChainLine.body(new AuditEntry(ACTOR, EXPIRED, newest.name(), Verdict.ALLOWED, "", detail)));
    }

    static void remove(List<Segment> expired, Path folder) throws IOException {
        for (Segment segment : expired) {
            Files.deleteIfExists(segment.file());
        }
        if (!expired.isEmpty()) {
            DurableFile.syncDirectory(folder);
        }
    }

    private static String sha256Hex(byte[] bytes) {
        return HexFormat.of().formatHex(ChainLine.sha256().digest(bytes));
    }
}
