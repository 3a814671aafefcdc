package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Withdrawals;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Where people have to approve what is assigned, root's helper asks for their signatures as the engine did: the policy is
 * root's, and who asks the helper may not have asked anybody.
 */
record SlotApproval(Unit unit, GuestFiles guest, Clock clock) {

    private static final List<String> ENGINE = List.of("data", "io.sekimori.update.engine");

    /** Refuses what the approvals staged with a generation do not approve. */
    void demand(int generation, Assignment assignment) throws IOException {
        Optional<ApprovalPolicy> policy = ApprovalPolicy.read(unit.trust().resolve(ApprovalPolicy.FILE));
        if (policy.isEmpty()) {
            return;
        }
        Optional<Refusal> refusal = policy.get().judge(assignment, approvals(generation), heard(), clock.instant());
        if (refusal.isPresent()) {
            throw new TrustException(refusal.get().code(), refusal.get().detail());
        }
    }

    // Nobody signed this file, and who owns the gateway's user can leave it out. It can only refuse more, so what it
    // says counts:
    // somebody may have taken it back since the approvals were frozen with the generation.
    private Withdrawals heard() throws IOException {
        try {
            return Withdrawals.parse(guest.read(ENGINE, Withdrawals.FILE, Withdrawals.MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Withdrawals.NONE;
        } catch (MalformedJson e) {
            throw new IOException(Withdrawals.FILE + ": " + e.getMessage(), e);
        }
    }

    private Approvals approvals(int generation) throws IOException {
        try {
            return Approvals.parse(guest.read(
                    List.of("generations", Integer.toString(generation), "evidence"),
                    Approvals.FILE,
                    Approvals.MAX_BYTES));
        } catch (NoSuchFileException e) {
            return Approvals.NONE;
        }
    }
}
