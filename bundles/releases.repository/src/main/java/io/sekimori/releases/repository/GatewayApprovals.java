package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.SignedApproval;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The approvals that are of use to one gateway: of what it is assigned, for it, and not over. Thread-safe. */
final class GatewayApprovals {

    private final Tables tables;
    private final Clock clock;

    GatewayApprovals(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** The file for a device; empty if there is nothing in it. */
    Optional<byte[]> of(String device) throws ReleasesException {
        Instant now = clock.instant();
        List<SignedApproval> useful = tables.read(connection -> {
            Optional<ApprovedContent> content = CollectedApprovals.assigned(connection, device);
            return content.isEmpty()
                    ? List.<SignedApproval>of()
                    : fitting(ApprovalRow.of(connection, content.get().digest(), now, row -> row.covers(device)));
        });
        return useful.isEmpty() ? Optional.empty() : Optional.of(new Approvals(useful, 0).bytes());
    }

    // As many as a gateway reads: the newest of each person who hands in before the second of anybody, so that nobody
    // pushes out what others brought.
    private static List<SignedApproval> fitting(List<ApprovalRow> newestFirst) {
        Map<String, Integer> counts = new HashMap<>();
        TreeMap<Integer, List<ApprovalRow>> turns = new TreeMap<>();
        for (ApprovalRow row : newestFirst) {
            int turn = counts.merge(row.person(), 1, Integer::sum);
            turns.computeIfAbsent(turn, first -> new ArrayList<>()).add(row);
        }
        List<SignedApproval> fitting = new ArrayList<>();
        long bytes = 0;
        for (List<ApprovalRow> turn : turns.values()) {
            for (ApprovalRow row : turn) {
                long more = new Approvals(List.of(row.approval()), 0).bytes().length;
                if (fitting.size() < Approvals.MOST && bytes + more <= Approvals.MAX_BYTES) {
                    fitting.add(row.approval());
                    bytes += more;
                }
            }
        }
        return fitting;
    }
}
