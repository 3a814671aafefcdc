package io.sekimori.releases.repository;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What somebody hands in, after each statement was found to be of use. Immutable. */
record Offered(String actor, List<ApprovalRow> approvals, List<WithdrawalRow> withdrawals) {

    /** Who hands it in, without the address. */
    String person() {
        return actor.split(" ", 2)[0];
    }

    /** The contents that are approved. */
    Set<String> approved() {
        return approvals.stream()
                .map(row -> row.approval().approval().content())
                .collect(Collectors.toSet());
    }

    /** The contents of which approvals are taken back. */
    Set<String> withdrawn() {
        return withdrawals.stream()
                .map(row -> row.withdrawal().withdrawal().content())
                .collect(Collectors.toSet());
    }

    Set<String> approvers() {
        Set<String> keys = new TreeSet<>();
        approvals.forEach(row -> keys.addAll(row.approval().signers()));
        return keys;
    }

    Set<String> withdrawers() {
        Set<String> keys = new TreeSet<>();
        withdrawals.forEach(row -> keys.addAll(row.withdrawal().signers()));
        return keys;
    }
}
