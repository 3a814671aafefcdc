package io.sekimori.config;

/** What came of a change: a value to be matched and shown. */
public sealed interface ChangeOutcome {

    /** The PID it is about. */
    String pid();

    /**
     * The change is durable and in force.
     *
     * @param pid the configuration
     * @param version its version now
     */
    record Applied(String pid, long version) implements ChangeOutcome {}

    /**
     * Nothing was changed.
     *
     * @param pid the configuration
     * @param code which rule refused
     * @param attribute the attribute it is about, empty if none
     * @param detail what was found, safe to show: never a value of a password
     */
    record Refused(String pid, ConfigCode code, String attribute, String detail) implements ChangeOutcome {}
}
