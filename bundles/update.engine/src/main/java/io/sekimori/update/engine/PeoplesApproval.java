package io.sekimori.update.engine;

import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Withdrawals;
import io.sekimori.update.Reason;
import io.sekimori.update.TakenBack;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A demand beside all that director and release repository say: enough people have signed that this may be taken. Who they
 * are lies among the trust roots, where only root writes, so that whoever owns a console ships nothing without them. It is
 * asked of whoever brings the update, also of a person on site, and never of a start or of the way back. Thread-safe.
 *
 * @param unit whose demand it is
 * @param seen what people took back
 * @param keep whether what they take back now is to be kept
 */
record PeoplesApproval(Unit unit, SeenWithdrawals seen, boolean keep) {

    PeoplesApproval(Surroundings around, boolean keep) {
        this(
                around.unit(),
                new SeenWithdrawals(around.unit().data(around.engine()).resolve(Withdrawals.FILE)),
                keep);
    }

    /**
     * Refuses what was not approved.
     *
     * @return what was accepted, with the approvals in its evidence if the unit demands any
     */
    Acceptance.Accepted demand(Acceptance.Accepted accepted, Supply supply, Instant now) throws Stopped {
        Optional<ApprovalPolicy> policy = policy();
        if (policy.isEmpty()) {
            return accepted;
        }
        Optional<byte[]> file = brought(supply);
        Approvals approvals = read(file);
        Optional<Refusal> refusal =
                policy.get().judge(accepted.assignment(), approvals, seen.with(policy.get(), approvals, keep), now);
        if (refusal.isPresent()) {
            throw new Stopped(reason(refusal.get()));
        }
        return new Acceptance.Accepted(
                accepted.assignment(),
                accepted.releases(),
                accepted.evidence().approved(file.orElseThrow()),
                accepted.staleSince(),
                accepted.permits());
    }

    /** Keeps what was taken back in this file of approvals, though nothing is to be installed. */
    void hear(byte[] file) throws Stopped {
        Optional<ApprovalPolicy> policy = policy();
        if (policy.isPresent()) {
            seen.with(policy.get(), read(Optional.of(file)), keep);
        }
    }

    /** What was taken back, the latest first. */
    List<TakenBack.Remembered> remembered() throws Stopped {
        Optional<ApprovalPolicy> policy = policy();
        if (policy.isEmpty()) {
            return List.of();
        }
        return seen.with(policy.get(), Approvals.NONE, false).remembered(policy.get()).stream()
                .map(one -> new TakenBack.Remembered(one.group(), one.keyId(), one.content(), one.until()))
                .toList();
    }

    private Optional<ApprovalPolicy> policy() throws Stopped {
        try {
            return ApprovalPolicy.read(unit.trust().resolve(ApprovalPolicy.FILE));
        } catch (TrustException e) {
            throw new Stopped(reason(e.refusal()), e);
        }
    }

    private static Optional<byte[]> brought(Supply supply) throws Stopped {
        try {
            return supply.source().directorMetadata(Approvals.FILE, Approvals.MAX_BYTES);
        } catch (IOException e) {
            throw new Stopped(supply.broken(), Approvals.FILE, e);
        }
    }

    private static Approvals read(Optional<byte[]> file) throws Stopped {
        try {
            return file.isPresent() ? Approvals.parse(file.get()) : Approvals.NONE;
        } catch (TrustException e) {
            throw new Stopped(reason(e.refusal()), e);
        }
    }

    private static Reason reason(Refusal refusal) {
        return new Reason(refusal.code().name(), refusal.detail());
    }
}
