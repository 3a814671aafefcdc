package io.sekimori.fleet;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Register a service of this type to hear of every verified report once it is on disk. After a crash a report may have
 * been told to nobody: look at {@link Gateway#report()} as well. Must be thread-safe and answer soon.
 */
@ConsumerType
public interface ReportListener {

    /**
     * A report was accepted.
     *
     * @param gateway as it stands now
     * @param report what it said
     */
    void reported(Gateway gateway, DeviceReport report);
}
