package io.sekimori.status;

/** What has a date and is no finding yet. Each is absent where nobody knows it. The names on the wire are stable. */
public enum Moment {
    /** Until then the publisher of what runs brings updates for this model. */
    SUPPORT_ENDS("supportEnds"),
    /** The console was last asked for updates, and answered. */
    UPDATES_ASKED("updatesAsked");

    private final String wire;

    Moment(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }
}
