package io.sekimori.simulator;

/** Which parts of all gateways misbehave; the first ones do, so that two runs are alike. */
record Faults(double silent, double failing, double slow, double offline) {

    /** How one gateway behaves when an assignment comes. */
    enum Behaviour {
        /** Takes it and reports. */
        SOUND,
        /** Takes it and never reports. */
        SILENT,
        /** Reports that it went back. */
        FAILING,
        /** Takes a minute longer. */
        SLOW,
        /** Is away for a minute before it takes it. */
        OFFLINE
    }

    Faults {
        if (silent + failing + slow + offline > 1.0) {
            throw new IllegalArgumentException("the faults are more than all");
        }
    }

    Behaviour of(int index, int gateways) {
        if (index < Math.round(silent * gateways)) {
            return Behaviour.SILENT;
        }
        if (index < Math.round((silent + failing) * gateways)) {
            return Behaviour.FAILING;
        }
        if (index < Math.round((silent + failing + slow) * gateways)) {
            return Behaviour.SLOW;
        }
        return index < Math.round((silent + failing + slow + offline) * gateways) ? Behaviour.OFFLINE : Behaviour.SOUND;
    }
}
