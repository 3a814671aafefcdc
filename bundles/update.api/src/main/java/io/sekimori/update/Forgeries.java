package io.sekimori.update;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes note of what only an attacker sends, where it is no update that is tried, so that the unit's signed report tells of it.
 * Costs the disk no more than one small file a minute, however much is sent. Thread-safe.
 */
@ProviderType
public interface Forgeries {

    /** What was refused. Stable names: they are told in reports. */
    enum Forgery {
        /** A mandate that nobody signed, or not the key that it names, or one that was taken away. */
        MANDATE_SIGNATURE,
        /** A mandate that is another gateway's. */
        MANDATE_OTHER_UNIT,
        /** A word of the time that nobody signed, or not the key that it names, or one that was taken away. */
        TIME_SIGNATURE,
        /** A word of the time that answers another question. */
        TIME_REPLAYED,
        /** An assignment, sent by the broker, that nobody signed, or not the key that it names, or one that was taken away. */
        ASSIGNMENT_SIGNATURES,
        /** An assignment, sent by the broker, that is another gateway's. */
        ASSIGNMENT_OTHER_DEVICE
    }

    /** Counts one that was refused. Never fails and waits for nobody: what cannot be kept is counted in memory. */
    void refused(Forgery forgery);
}
