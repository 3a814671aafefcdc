package io.sekimori.update.engine;

import io.sekimori.update.Origin;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.TransitionReport.Swapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the disk knows of the open transition, written before each phase. It serves reporting, clean-up and the handover
 * between two versions of the engine in one process; nothing is ever resumed from it in another process.
 *
 * @param assignment version of the assignment, as it claims as long as it was not accepted; 0 if not known yet
 * @param process id of the framework that wrote it
 * @param stale since when the metadata it was accepted with was past its expiry; empty if it was fresh or is not known yet
 * @param snapshot the configurations to return to, by PID their version; empty before they were kept
 * @param rewired bundles that are resolved anew, with the reason
 * @param wellBefore health checks that were well before anything was touched
 * @param reason why it is being taken back; empty while it goes forward
 */
record Journal(
        String id,
        int from,
        int to,
        long assignment,
        Phase phase,
        Origin origin,
        Instant started,
        String process,
        Optional<Instant> stale,
        Optional<Kept> snapshot,
        Map<String, String> rewired,
        Set<String> wellBefore,
        List<Swapped> swaps,
        Optional<Reason> reason) {

    /** A snapshot of configurations. */
    record Kept(String id, Map<String, Long> versions) {
        Kept {
            versions = Map.copyOf(versions);
        }
    }

    Journal {
        if (!id.matches("[0-9a-z-]{1,40}")) {
            throw new IllegalArgumentException("the id of a transition is 1 to 40 of a-z 0-9 -");
        }
        rewired = Map.copyOf(rewired);
        wellBefore = Set.copyOf(wellBefore);
        swaps = List.copyOf(swaps);
    }

    /** The beginning of a transition. */
    static Journal begin(String id, int from, int to, Origin origin, Instant started, String process) {
        return new Journal(
                id,
                from,
                to,
                0,
                Phase.VERIFY,
                origin,
                started,
                process,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Set.of(),
                List.of(),
                Optional.empty());
    }

    Journal in(Phase next) {
        return with(copy -> copy.phase = next);
    }

    Journal to(int generation) {
        return with(copy -> copy.to = generation);
    }

    Journal trying(long version) {
        return with(copy -> copy.assignment = version);
    }

    Journal stale(Instant since) {
        return with(copy -> copy.stale = Optional.of(since));
    }

    Journal keeping(Kept kept) {
        return with(copy -> copy.snapshot = Optional.of(kept));
    }

    Journal rewiring(Map<String, String> bundles) {
        return with(copy -> copy.rewired = bundles);
    }

    Journal wellBefore(Set<String> checks) {
        return with(copy -> copy.wellBefore = checks);
    }

    Journal swapped(Swapped swap) {
        List<Swapped> more = new ArrayList<>(swaps);
        more.add(swap);
        return with(copy -> copy.swaps = more);
    }

    Journal because(Reason why) {
        return with(copy -> copy.reason = Optional.of(why));
    }

    Journal by(String otherProcess) {
        return with(copy -> copy.process = otherProcess);
    }

    /** What is said of it when it has ended. */
    TransitionReport report(Instant ended, Outcome outcome) {
        return new TransitionReport(id, from, to, assignment, origin, started, ended, outcome, stale, swaps);
    }

    private Journal with(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.journal();
    }

    /** What changes on the way, on its way into the next journal. Confined to one call. */
    private static final class Copy {

        private final Journal before;
        private int to;
        private long assignment;
        private Phase phase;
        private String process;
        private Optional<Instant> stale;
        private Optional<Kept> snapshot;
        private Map<String, String> rewired;
        private Set<String> wellBefore;
        private List<Swapped> swaps;
        private Optional<Reason> reason;

        Copy(Journal before) {
            this.before = before;
            to = before.to;
            assignment = before.assignment;
            phase = before.phase;
            process = before.process;
            stale = before.stale;
            snapshot = before.snapshot;
            rewired = before.rewired;
            wellBefore = before.wellBefore;
            swaps = before.swaps;
            reason = before.reason;
        }

        Journal journal() {
            return new Journal(
                    before.id,
                    before.from,
                    to,
                    assignment,
                    phase,
                    before.origin,
                    before.started,
                    process,
                    stale,
                    snapshot,
                    rewired,
                    wellBefore,
                    swaps,
                    reason);
        }
    }
}
