package io.sekimori.update.engine;

import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Carrier;
import io.sekimori.update.Origin;
import io.sekimori.update.Plan;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** On which way an update came, as trust asks: on a medium only if somebody who is signed in on site brings it. Stateless. */
final class Bringing {

    /** The page, where people sign in; the socket, which only root and the gateway's user can open. */
    private static final Set<String> ON_SITE = Set.of("page", "local");

    /** Who looks changes nothing, and is told what would be told if that person brought it. */
    private static final Origin LOOKING = new Origin("who looks", "local");

    private Bringing() {}

    /**
     * The way.
     *
     * @param by   who brings it; empty for a dry run
     * @param life how long after it was signed an assignment is taken from a medium
     */
    static Carrier carrier(Supply supply, Optional<String> seen, Optional<Origin> by, Duration life) throws Stopped {
        Origin person = by.orElse(LOOKING);
        if (supply.local() && ON_SITE.contains(person.channel())) {
            return new Carrier.Medium(life, seen);
        }
        if (seen.isPresent()) {
            throw new Stopped(UpdateCode.ORIGIN_NOT_ALLOWED, "only who is on site has looked at it");
        }
        return Carrier.NETWORK;
    }

    /** What was accepted on that way, for people. */
    static PlanDetails.Promised promised(Acceptance.Accepted accepted, Carrier carrier) {
        return new PlanDetails.Promised(
                new Plan.Signed(
                        accepted.evidence().assignmentSha256(),
                        until(accepted.assignment(), carrier),
                        accepted.staleSince()),
                accepted.releases());
    }

    private static Instant until(Assignment assignment, Carrier carrier) {
        if (carrier instanceof Carrier.Medium medium) {
            Instant end = assignment.issued().plus(medium.life());
            return end.isBefore(assignment.expires()) ? end : assignment.expires();
        }
        return assignment.expires();
    }
}
