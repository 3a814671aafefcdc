package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesCode;
import io.sekimori.trust.Approval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Withdrawal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what is handed in, and refuses what no gateway would count. Nothing of this makes anybody an approver: it only says
 * early what would be of no use. Thread-safe.
 */
final class OfferedReading {

    /** So far may the clock of somebody who signs be ahead. */
    private static final Duration SLACK = Duration.ofHours(1);

    /** The longest statement, without its list of gateways: three people with keys of both kinds have room. */
    static final int MOST_BYTES = 32 << 10;

    private static final int MOST_SIGNATURES = 16;
    private static final int BYTES_OF_A_DEVICE = 80;

    private final Clock clock;

    OfferedReading(Clock clock) {
        this.clock = clock;
    }

    /** @param awaited digests of the contents that may be approved */
    Offered read(byte[] file, Set<String> awaited, String actor) throws RefusedException {
        Approvals read = parse(file);
        if (read.unreadable() > 0
                || read.entries().isEmpty() && read.withdrawals().isEmpty()) {
            throw new RefusedException(
                    ReleasesCode.APPROVAL_UNVERIFIED, read.unreadable() + " approvals cannot be read here");
        }
        Instant now = clock.instant();
        List<ApprovalRow> approvals = new ArrayList<>();
        for (SignedApproval signed : read.entries()) {
            demand(signed.approval(), awaited, now);
            demandSigned(signed.signers(), signed.verified());
            ApprovalRow row = new ApprovalRow(signed, now, actor);
            demandShort(
                    row.bytes()
                            - BYTES_OF_A_DEVICE * signed.approval().devices().size(),
                    signed.signers());
            approvals.add(row);
        }
        List<WithdrawalRow> withdrawals = new ArrayList<>();
        for (SignedWithdrawal signed : read.withdrawals()) {
            demand(signed.withdrawal(), now);
            demandSigned(signed.signers(), signed.verified());
            WithdrawalRow row = new WithdrawalRow(signed, now, actor);
            demandShort(row.bytes(), signed.signers());
            withdrawals.add(row);
        }
        return new Offered(actor, approvals, withdrawals);
    }

    private static Approvals parse(byte[] file) throws RefusedException {
        try {
            return Approvals.parse(file);
        } catch (TrustException e) {
            throw new RefusedException(e);
        }
    }

    private static void demand(Approval approval, Set<String> awaited, Instant now) throws RefusedException {
        if (!awaited.contains(approval.content())) {
            throw new RefusedException(ReleasesCode.APPROVAL_OF_OTHER, "content " + approval.content());
        }
        if (!now.isBefore(approval.expires()) || now.plus(SLACK).isBefore(approval.issued())) {
            throw new RefusedException(
                    ReleasesCode.APPROVAL_NOT_NOW, "valid from " + approval.issued() + " until " + approval.expires());
        }
    }

    // Of whatever content: an approval that never came here may be brought to a gateway another way.
    private static void demand(Withdrawal withdrawal, Instant now) throws RefusedException {
        Instant issued = withdrawal.issued();
        if (!now.isBefore(issued.plus(Approval.LONGEST)) || now.plus(SLACK).isBefore(issued)) {
            throw new RefusedException(ReleasesCode.APPROVAL_NOT_NOW, "taken back at " + issued);
        }
    }

    // Every gateway's poll reads what anybody handed in, and has only so much room for it.
    private static void demandShort(int bytes, Set<String> signers) throws RefusedException {
        if (bytes > MOST_BYTES || signers.size() > MOST_SIGNATURES) {
            throw new RefusedException(
                    ReleasesCode.APPROVAL_TOO_LONG, bytes + " bytes, signed by " + signers.size() + " keys");
        }
    }

    private static void demandSigned(Set<String> signers, Set<String> verified) throws RefusedException {
        if (signers.isEmpty() || !verified.equals(signers)) {
            throw new RefusedException(ReleasesCode.APPROVAL_UNVERIFIED, "signed by " + signers);
        }
    }
}
