package io.sekimori.update;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears each report that this unit makes of itself: one when the listener is registered, so at every start and whenever
 * listener or engine were swapped, and one after each transition. Register an implementation as a service.
 */
@ConsumerType
public interface UnitReportListener {

    /**
     * A report was made. Called from one thread at a time; what it throws is logged.
     *
     * @param report the signed report as {@link UpdateService#report} answers it; the listener's to keep
     */
    void reported(byte[] report);
}
