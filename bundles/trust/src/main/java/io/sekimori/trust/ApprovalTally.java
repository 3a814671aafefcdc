package io.sekimori.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Counts who approved what, by the policy of one gateway. Immutable. */
record ApprovalTally(ApprovalPolicy policy, String content, String device, Withdrawals taken, Instant now) {

    /** So far may the clock of somebody who approves be ahead. */
    private static final Duration SLACK = Duration.ofDays(1);

    /** Keys of one group, by what they signed. Grows while approvals are looked at. */
    private static final class Count {
        final ApprovalPolicy.Group group;
        final Set<String> good = new HashSet<>();
        final Set<String> withTaken = new HashSet<>();
        final Set<String> withLate = new HashSet<>();
        final Set<String> withOther = new HashSet<>();
        boolean broken;

        Count(ApprovalPolicy.Group group) {
            this.group = group;
        }

        boolean lacks() {
            return !enough(good);
        }

        boolean enough(Set<String> keys) {
            return keys.size() >= group.keys().threshold();
        }

        @Override
        public String toString() {
            return group.name() + " has " + good.size() + " of " + group.keys().threshold();
        }
    }

    Optional<Refusal> judge(Approvals approvals) {
        List<Count> lacking = policy.groups().stream()
                .map(group -> count(group, approvals))
                .filter(Count::lacks)
                .toList();
        if (lacking.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(nearest(lacking, approvals), lacking + ", content " + content));
    }

    // What is nearest to being enough says best what to do.
    private static TrustCode nearest(List<Count> lacking, Approvals approvals) {
        if (all(lacking, count -> count.enough(count.withTaken))) {
            return TrustCode.APPROVALS_WITHDRAWN;
        }
        if (all(lacking, count -> count.enough(count.withLate))) {
            return TrustCode.APPROVALS_EXPIRED;
        }
        if (all(lacking, count -> count.enough(count.withOther))) {
            return TrustCode.APPROVALS_OTHER;
        }
        boolean broken = approvals.unreadable() > 0 || lacking.stream().anyMatch(count -> count.broken);
        return broken ? TrustCode.APPROVALS_BROKEN : TrustCode.APPROVALS_MISSING;
    }

    private static boolean all(List<Count> lacking, Predicate<Count> rule) {
        return lacking.stream().allMatch(rule);
    }

    private Count count(ApprovalPolicy.Group group, Approvals approvals) {
        Count count = new Count(group);
        for (SignedApproval signed : approvals.entries()) {
            Set<String> named = new HashSet<>(signed.envelope().signatures().keySet());
            named.retainAll(group.keys().keys().keySet());
            List<String> valid = new ArrayList<>(group.keys().identities(signed.envelope()));
            count.broken |= valid.size() < named.size();
            boolean covers = signed.approval().covers(content, device);
            count.withOther.addAll(valid);
            if (covers) {
                count.withLate.addAll(valid);
            }
            if (covers && inTime(signed.approval())) {
                count.withTaken.addAll(valid);
                valid.removeIf(identity -> taken.holds(identity, signed.approval()));
                count.good.addAll(valid);
            }
        }
        return count;
    }

    // One that is dated ahead would count for longer than anybody may approve.
    private boolean inTime(Approval approval) {
        Instant longest = approval.issued().plus(policy.longest());
        return !now.plus(SLACK).isBefore(approval.issued())
                && now.isBefore(approval.expires())
                && now.isBefore(longest);
    }
}
