package io.sekimori.launcher;

import java.util.List;
import java.util.Set;

/** The outcome of a rehearsal. */
public sealed interface Rehearsed {

    /** Which resolution could not be had. */
    enum Stage {
        /** Alone from empty, as at the next start. */
        COLD,
        /** In the running framework with what goes away hidden. */
        HOT
    }

    /**
     * Both resolutions succeeded.
     *
     * @param cold the wires of the new generation as the next start makes them
     * @param hot the wires of the new generation as an update in the running framework makes them
     * @param pendingRefresh bundles ({@code symbolic name/version}) that stay but are wired to one that goes
     *     away: they would keep its classes until a refresh, so the update needs a new process
     */
    record Resolved(Wiring cold, Wiring hot, Set<String> pendingRefresh) implements Rehearsed {

        /** Copies the set. */
        public Resolved {
            pendingRefresh = Set.copyOf(pendingRefresh);
        }

        /** Whether an update in the running framework ends in the very wiring a cold start makes. */
        public boolean hotEqualsCold() {
            return pendingRefresh.isEmpty() && hot.equals(cold);
        }
    }

    /**
     * A bundle cannot resolve.
     *
     * @param stage in which of the two resolutions
     * @param reasons the resolver's, one for each bundle that is left over; safe to show; never empty
     */
    record Unresolved(Stage stage, List<String> reasons) implements Rehearsed {

        /** Copies the list. */
        public Unresolved {
            reasons = List.copyOf(reasons);
        }
    }

    /** No verdict could be reached, so the caller must refuse; {@code code} is stable, {@code detail} safe to show. */
    record Failed(String code, String detail) implements Rehearsed {}
}
