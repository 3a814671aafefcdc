package io.sekimori.update.engine;

import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport.Swapped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        return new Journal(
                id,
                from,
                to,
                assignment,
                next,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                wellBefore,
                swaps,
                reason);
    }

    Journal to(int generation) {
        return new Journal(
                id,
                from,
                generation,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                wellBefore,
                swaps,
                reason);
    }

    Journal trying(long version) {
        return new Journal(
                id,
                from,
                to,
                version,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                wellBefore,
                swaps,
                reason);
    }

    Journal stale(Instant since) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                Optional.of(since),
                snapshot,
                rewired,
                wellBefore,
                swaps,
                reason);
    }

    Journal keeping(Kept kept) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                Optional.of(kept),
                rewired,
                wellBefore,
                swaps,
                reason);
    }

    Journal rewiring(Map<String, String> bundles) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                bundles,
                wellBefore,
                swaps,
                reason);
    }

    Journal wellBefore(Set<String> checks) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                checks,
                swaps,
                reason);
    }

    Journal swapped(Swapped swap) {
        List<Swapped> more = new ArrayList<>(swaps);
        more.add(swap);
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                wellBefore,
                more,
                reason);
    }

    Journal because(Reason why) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                process,
                stale,
                snapshot,
                rewired,
                wellBefore,
                swaps,
                Optional.of(why));
    }

    Journal by(String otherProcess) {
        return new Journal(
                id,
                from,
                to,
                assignment,
                phase,
                origin,
                started,
                otherProcess,
                stale,
                snapshot,
                rewired,
                wellBefore,
                swaps,
                reason);
    }
}
