package io.sekimori.audit.chain;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.AuditVerification.Broken;
import io.sekimori.audit.AuditVerification.Intact;
import io.sekimori.audit.chain.ChainDirectory.Segment;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One check of a whole chain. Confined to one thread, used once. */
final class ChainVerification {

    private final List<Segment> segments;
    private Tail start = Tail.START;
    private boolean startIsVouchedFor;

    ChainVerification(List<Segment> segments) {
        this.segments = segments;
    }

    AuditVerification run() throws IOException {
        if (segments.isEmpty()) {
            return new Intact(0, 0, "", 0, 0);
        }
        start = ChainStart.ofFirst(segments.get(0));
        startIsVouchedFor = start.sequence() == 0;
        Tail tail = start;
        long records = 0;
        long unfinished = 0;
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.first() != tail.sequence() + 1) {
                String detail = "begins with record " + segment.first() + ", expected " + (tail.sequence() + 1);
                return new Broken(AuditCode.AUDIT_SEQUENCE_WRONG, segment.name(), 0, tail.sequence(), detail);
            }
            SegmentScan scan = SegmentScan.of(segment.file(), 0, tail, this::look);
            tail = scan.tail();
            records += scan.lines();
            SegmentScan.Damage damage = scan.damage();
            if (damage != null) {
                if (!damage.torn() || i < segments.size() - 1) {
                    return new Broken(damage.code(), segment.name(), damage.line(), tail.sequence(), damage.detail());
                }
                unfinished = damage.bytes();
            }
        }
        if (!startIsVouchedFor) {
            String detail = "records up to " + start.sequence() + " are gone and none tells of it";
            return new Broken(AuditCode.AUDIT_HEAD_MISSING, segments.get(0).name(), 1, 0, detail);
        }
        boolean empty = records == 0;
        return new Intact(
                empty ? 0 : start.sequence() + 1, tail.sequence(), empty ? "" : tail.hash(), records, unfinished);
    }

    private boolean look(ChainLine line) {
        Map<String, String> detail = line.entry().detail();
        startIsVouchedFor |= line.entry().actor().equals(Housekeeping.ACTOR)
                && line.entry().action().equals(Housekeeping.EXPIRED)
                && Long.toString(start.sequence()).equals(detail.get(Housekeeping.UNTIL))
                && start.hash().equals(detail.get(Housekeeping.UNTIL_HASH));
        return true;
    }
}
