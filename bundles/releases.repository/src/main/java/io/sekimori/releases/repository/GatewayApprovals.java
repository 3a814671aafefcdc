package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.SignedApproval;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
                    : fitting(ApprovalRow.of(connection, content.get().digest(), now), device);
        });
        return useful.isEmpty() ? Optional.empty() : Optional.of(new Approvals(useful, 0).bytes());
    }

    // The newest first, as many as a gateway reads.
    private static List<SignedApproval> fitting(List<ApprovalRow> rows, String device) {
        List<SignedApproval> fitting = new ArrayList<>();
        long bytes = 0;
        for (ApprovalRow row : rows) {
            SignedApproval signed = row.approval();
            Set<String> devices = signed.approval().devices();
            bytes += new Approvals(List.of(signed), 0).bytes().length;
            if (bytes > Approvals.MAX_BYTES) {
                break;
            }
            if (devices.isEmpty() || devices.contains(device)) {
                fitting.add(signed);
            }
        }
        return fitting;
    }
}
