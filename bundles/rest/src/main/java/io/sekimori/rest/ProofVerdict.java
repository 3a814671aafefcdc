package io.sekimori.rest;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Transition;
import java.util.Optional;

/** How what a gateway proves compares with what it was assigned. Stable names: add, never rename. */
enum ProofVerdict {
    /** It runs exactly what it was assigned, for good. */
    AS_ASSIGNED,
    /** This console assigned it nothing yet; what it runs is what it proves. */
    NOTHING_ASSIGNED,
    /** It found something changed that it had verified, could not read it to say, or runs what nobody released as a whole. */
    TAMPERED,
    /** What it runs is on trial. */
    ON_TRIAL,
    /** It tried what it was assigned and went back; or it had confirmed it, and it did not start again. */
    FELL_BACK,
    /** It did not take what it was assigned. */
    NOT_TAKEN,
    /** It has not looked at what it was assigned last. */
    NOT_SEEN,
    /** It runs something else than what it was assigned. */
    DIFFERS;

    static ProofVerdict of(DeviceReport report, Optional<AssignedBundles> assigned) {
        if (!report.isAsSigned()) {
            return TAMPERED;
        }
        if (report.fellBack().isPresent()) {
            return FELL_BACK;
        }
        if (!report.confirmed()) {
            return ON_TRIAL;
        }
        if (assigned.isEmpty()) {
            return NOTHING_ASSIGNED;
        }
        if (report.proves(assigned.get().bundles(), assigned.get().slot())) {
            return AS_ASSIGNED;
        }
        long version = assigned.get().version();
        Optional<Transition> own = report.transition().filter(last -> last.assignment() == version);
        if (own.isPresent()) {
            return switch (own.get().outcome()) {
                case REVERTED, INTERRUPTED -> FELL_BACK;
                case REFUSED, CANCELLED -> NOT_TAKEN;
                case CONFIRMED -> DIFFERS;
            };
        }
        return report.accepted() < version ? NOT_SEEN : DIFFERS;
    }
}
