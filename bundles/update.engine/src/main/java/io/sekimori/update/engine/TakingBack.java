package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Carrier;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateSource;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * What is to become of what a director takes back: what is open of it ends, what was not begun never begins, and what is
 * confirmed stays. A later number and the director's signature are all that it has, as every assignment: whoever has neither
 * ends nothing, and what was heard once is worth nothing a second time. Thread-safe.
 */
final class TakingBack {

    private final Surroundings around;
    private final Present present;
    private final Logger log;

    TakingBack(Surroundings around, Present present, Logger log) {
        this.around = around;
        this.present = present;
        this.log = log;
    }

    /** Why the open transition is to end; empty if this source has nothing that takes it back. */
    Optional<Reason> reason(Journal open, UpdateSource source) {
        try {
            Assignment said = new Acceptor(around)
                    .tryOut(
                            source,
                            Carrier.NETWORK,
                            present.confirmed(),
                            around.clock().instant(),
                            Tidy.PREVIEW)
                    .assignment();
            return takes(said, open.assignment())
                    ? Optional.of(Reason.of(
                            UpdateCode.CANCELLED, "assignment " + said.version() + " takes back " + open.assignment()))
                    : Optional.empty();
        } catch (Stopped e) {
            log.warn("What takes back assignment {} is not believed: {}", open.assignment(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Ends the try of an assignment that only takes back, with what became of that. */
    static void demandNone(Assignment assignment, Generation running) throws Stopped {
        if (assignment.takesBack().isEmpty()) {
            return;
        }
        String what = "assignments " + assignment.takesBack().getAsLong() + " to " + (assignment.version() - 1);
        throw takes(assignment, running.assignmentVersion())
                ? new Stopped(
                        UpdateCode.TAKEN_BACK_TOO_LATE, "of " + what + " this unit runs " + running.assignmentVersion())
                : new Stopped(UpdateCode.TAKEN_BACK, what);
    }

    private static boolean takes(Assignment said, long version) {
        return said.takesBack().isPresent() && version >= said.takesBack().getAsLong() && version < said.version();
    }
}
