package io.sekimori.audit.chain;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the first line of a segment must follow from. Stateless. */
final class ChainStart {

    private ChainStart() {}

    /** The tail in front of the last of {@code segments}, which is not empty. */
    static Tail ofLast(List<Segment> segments) throws IOException, AuditException {
        Segment last = segments.get(segments.size() - 1);
        if (segments.size() == 1) {
            return ofFirst(last);
        }
        Segment before = segments.get(segments.size() - 2);
        SegmentScan scan = SegmentScan.of(before.file(), 0, ofFirst(before), line -> true);
        SegmentScan.Damage damage = scan.damage();
        if (damage == null) {
            return scan.tail();
        }
        // Damage further back does not keep the chain from going on where its own words still link it.
        ChainLine first = firstLine(last);
        if (first == null) {
            throw new AuditException(
                    damage.code(), before.name() + " line " + damage.line() + ": " + damage.detail(), null);
        }
        return Tail.before(first);
    }

    /** The tail in front of the oldest segment: the start, or what its first line says if older ones were removed. */
    static Tail ofFirst(Segment segment) throws IOException {
        ChainLine first = segment.first() == 1 ? null : firstLine(segment);
        return first == null ? Tail.START : Tail.before(first);
    }

    private static @Nullable ChainLine firstLine(Segment segment) throws IOException {
        try (LineReader reader = new LineReader(segment.file(), 0)) {
            LineReader.Line line = reader.next();
            boolean good = line != null && line.terminated() && !line.tooLong();
            return good && LineParser.parse(line.bytes()) instanceof LineParser.Parsed.Good parsed
                    ? parsed.line()
                    : null;
        }
    }
}
