package io.sekimori.trust;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Searches targets and what they delegate (5.6.7): pre-order, depth first, in order of appearance, each role once.
 * Confined to one thread.
 */
final class TargetSearch {

    /** 5.6.7.1: the most roles that one search asks. */
    static final int MAX_ROLES = 32;

    private final TargetsMetadata top;
    private final DelegatedRoles delegated;

    // Of one delegation, not of one role: who delegates with other keys gets a verdict of its own.
    private final Map<Delegation, TargetsMetadata> verified = new IdentityHashMap<>();

    TargetSearch(TargetsMetadata top, DelegatedRoles delegated) {
        this.top = top;
        this.delegated = delegated;
    }

    /** The trusted metadata of delegated roles. */
    interface DelegatedRoles {

        /** The role's file, verified against this delegation. */
        TargetsMetadata role(Delegation delegation) throws IOException;
    }

    /** What a role says of a target. */
    record Found(TargetsMetadata role, JsonObject target) {}

    private interface Visitor {

        /** Whether the search is over. */
        boolean visit(TargetsMetadata role) throws IOException;
    }

    /** The first word on the target of that path, which is the one that counts; empty if nobody lists it. */
    Optional<Found> first(String path) throws IOException {
        List<Found> found = new ArrayList<>(1);
        walk(path, role -> {
            role.target(path).ifPresent(target -> found.add(new Found(role, target)));
            return !found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /** All roles that may speak of that path, in the order in which they are asked. */
    List<TargetsMetadata> asked(String path) throws IOException {
        List<TargetsMetadata> roles = new ArrayList<>();
        walk(path, role -> {
            roles.add(role);
            return false;
        });
        return roles;
    }

    /** The top and every role that is delegated to, whatever the path, each as the first delegator on the way has it. */
    List<TargetsMetadata> reachable() throws IOException {
        List<TargetsMetadata> roles = new ArrayList<>(List.of(top));
        Set<String> visited = new HashSet<>();
        for (int i = 0; i < roles.size(); i++) {
            for (Delegation delegation : roles.get(i).delegations()) {
                if (visited.add(delegation.role())) {
                    roles.add(role(delegation));
                }
            }
        }
        return List.copyOf(roles);
    }

    /** Whether anything is delegated. */
    boolean delegates() {
        return !top.delegations().isEmpty();
    }

    TargetsMetadata top() {
        return top;
    }

    private TargetsMetadata role(Delegation delegation) throws IOException {
        TargetsMetadata known = verified.get(delegation);
        if (known == null) {
            known = delegated.role(delegation);
            verified.put(delegation, known);
        }
        return known;
    }

    private void walk(String path, Visitor visitor) throws IOException {
        Set<String> visited = new HashSet<>();
        Deque<Delegation> ahead = new ArrayDeque<>();
        if (visitor.visit(top)) {
            return;
        }
        descend(top, path, ahead);
        while (!ahead.isEmpty()) {
            Delegation next = ahead.pop();
            if (!visited.add(next.role())) {
                continue; // another way to it, or a circle
            }
            if (visited.size() > MAX_ROLES) {
                throw new TrustException(
                        TrustCode.DELEGATIONS_TOO_MANY,
                        "more than " + MAX_ROLES + " roles would have to be asked about " + path);
            }
            TargetsMetadata role = role(next);
            if (visitor.visit(role)) {
                return;
            }
            descend(role, path, ahead);
        }
    }

    private static void descend(TargetsMetadata role, String path, Deque<Delegation> ahead) {
        List<Delegation> chosen = new ArrayList<>();
        for (Delegation delegation : role.delegations()) {
            if (delegation.covers(path)) {
                chosen.add(delegation);
                if (delegation.terminating()) {
                    ahead.clear(); // 5.6.7.2.1: nobody behind it is asked, here or further up
                    break;
                }
            }
        }
        for (int i = chosen.size() - 1; i >= 0; i--) {
            ahead.push(chosen.get(i));
        }
    }
}
