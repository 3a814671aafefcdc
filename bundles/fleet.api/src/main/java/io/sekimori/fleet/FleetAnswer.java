package io.sekimori.fleet;

/** How the fleet answered an order: a value to be matched, shown and audited. */
public sealed interface FleetAnswer {

    /**
     * A gateway was registered.
     *
     * @param gateway as it stands now
     * @param activation its activation file; nobody can read it again later
     */
    record Registered(Gateway gateway, ActivationText activation) implements FleetAnswer {}

    /**
     * It was changed.
     *
     * @param gateway as it stands now
     */
    record Changed(Gateway gateway) implements FleetAnswer {}

    /**
     * Nothing was changed.
     *
     * @param code why
     * @param detail safe to show
     */
    record Refused(FleetCode code, String detail) implements FleetAnswer {}
}
