package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.chain.LineParser.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks one segment of the chain, line by line. Tells what a power cut tore from what was changed: the writer lets
 * the disk confirm one batch before it begins the next, so only the last batch can be torn.
 *
 * @param tail the last line that is certain
 * @param lines how many lines are certain
 * @param goodBytes where the last certain line ends in the file
 * @param damage what follows it, or null if nothing does
 */
record SegmentScan(
        Tail tail, long lines, long goodBytes, @Nullable Damage damage) {

    // More than any batch: what is longer was not left by a power cut.
    private static final long MAX_TORN_BYTES = 8L << 20;

    /**
     * Something that is not a line of the chain.
     *
     * @param code the rule that is broken
     * @param line its line in what was scanned, from 1
     * @param detail safe to show
     * @param bytes from there to the end of the file
     * @param torn whether a power cut explains it
     */
    record Damage(AuditCode code, long line, String detail, long bytes, boolean torn) {}

    /**
     * Scans {@code file} from {@code offset} on.
     *
     * @param start what the first line must follow from
     * @param each sees every certain line; the scan ends behind the first for which it answers false
     */
    static SegmentScan of(Path file, long offset, Tail start, Predicate<ChainLine> each) throws IOException {
        Tail tail = start;
        long lines = 0;
        long good = offset;
        try (LineReader reader = new LineReader(file, offset)) {
            for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                Parsed parsed = judge(line, tail);
                if (parsed instanceof Parsed.Bad bad) {
                    return new SegmentScan(tail, lines, good, damage(reader, line, bad, lines + 1, tail));
                }
                ChainLine next = ((Parsed.Good) parsed).line();
                tail = Tail.after(next);
                lines++;
                good += line.length();
                if (!each.test(next)) {
                    break;
                }
            }
        }
        return new SegmentScan(tail, lines, good, null);
    }

    private static Parsed judge(LineReader.Line line, Tail tail) {
        if (line.tooLong()) {
            return new Parsed.Bad(AuditCode.AUDIT_LINE_MALFORMED, "longer than a line can be");
        }
        Parsed parsed = LineParser.parse(line.bytes());
        if (parsed instanceof Parsed.Good good) {
            if (!line.terminated()) {
                return new Parsed.Bad(AuditCode.AUDIT_LINE_MALFORMED, "cut off");
            }
            return follows(good, tail);
        }
        return parsed;
    }

    private static Parsed follows(Parsed.Good good, Tail tail) {
        ChainLine line = good.line();
        if (line.sequence() != tail.sequence() + 1) {
            String detail = "record " + line.sequence() + " follows record " + tail.sequence();
            return new Parsed.Bad(AuditCode.AUDIT_SEQUENCE_WRONG, detail);
        }
        if (!line.previous().equals(tail.hash())) {
            String detail = "record " + line.sequence() + " was made to follow another one";
            return new Parsed.Bad(AuditCode.AUDIT_LINK_WRONG, detail);
        }
        if (line.at().isBefore(tail.at())) {
            String detail = "record " + line.sequence() + " is older than the one before";
            return new Parsed.Bad(AuditCode.AUDIT_SEQUENCE_WRONG, detail);
        }
        return good;
    }

    private static Damage damage(LineReader reader, LineReader.Line first, Parsed.Bad bad, long number, Tail tail)
            throws IOException {
        // A cut leaves an end without a line feed, or blocks that were never written and read as zeros.
        boolean torn = !first.terminated() || first.hasNul();
        long bytes = first.length();
        for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
            bytes += line.length();
            torn &= mayBeTornWith(line, tail);
        }
        return new Damage(bad.code(), number, bad.detail(), bytes, torn && bytes <= MAX_TORN_BYTES);
    }

    // A whole line of a later batch proves that the disk had confirmed what is damaged now.
    private static boolean mayBeTornWith(LineReader.Line line, Tail tail) {
        if (!line.terminated() || line.hasNul()) {
            return true;
        }
        return !line.tooLong()
                && LineParser.parse(line.bytes()) instanceof Parsed.Good good
                && good.line().batch() <= tail.sequence() + 1;
    }
}
