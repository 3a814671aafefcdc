package io.sekimori.trust;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a document is that one or two roles must sign: a root, by enough keys of the one before and of its own (5.3.4).
 * A key of both signs once, so people are counted and not roles.
 */
final class CommonProgress {

    private CommonProgress() {}

    /** Of those who speak for it, how many have signed, and with how many it is complete at the earliest. */
    static SigningProgress of(List<RoleKeys> roles, Envelope envelope) {
        Set<String> signed = new HashSet<>();
        Set<String> shared = identities(roles.get(0));
        long needed = 0;
        long missing = 0;
        long leastNeeded = Long.MAX_VALUE;
        long leastMissing = Long.MAX_VALUE;
        for (RoleKeys role : roles) {
            Set<String> theirs = role.identities(envelope);
            long more = Math.max(0, role.threshold() - theirs.size());
            signed.addAll(theirs);
            shared.retainAll(identities(role));
            needed += role.threshold();
            missing += more;
            leastNeeded = Math.min(leastNeeded, role.threshold());
            leastMissing = Math.min(leastMissing, more);
        }
        if (roles.size() > 1) {
            needed -= Math.min(leastNeeded, shared.size());
            shared.removeAll(signed);
            missing -= Math.min(leastMissing, shared.size());
        }
        return missing == 0
                ? new SigningProgress(needed, needed)
                : new SigningProgress(signed.size(), signed.size() + missing);
    }

    private static Set<String> identities(RoleKeys role) {
        return role.keys().values().stream().map(TufKey::identity).collect(Collectors.toCollection(HashSet::new));
    }
}
