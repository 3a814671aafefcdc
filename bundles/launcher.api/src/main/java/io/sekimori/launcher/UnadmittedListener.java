package io.sekimori.launcher;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of each bundle that was installed or updated around {@link Admission}. Register an implementation as a
 * service; what was seen earlier is in {@link Admission#unadmitted()}.
 */
@ConsumerType
public interface UnadmittedListener {

    /** Called on the thread that installed or updated the bundle; must be quick. What it throws is logged. */
    void unadmitted(Unadmitted bundle);
}
