package io.sekimori.fleet;

/** What became of a report. */
public sealed interface ReportAnswer {

    /**
     * It is verified and on disk.
     *
     * @param gateway as it stands now
     * @param report what it said
     */
    record Accepted(Gateway gateway, DeviceReport report) implements ReportAnswer {}

    /**
     * The very report that the console has already, or an older one that comes late: nothing changed, and whoever sends
     * it may forget it.
     *
     * @param gateway as it stands
     */
    record Known(Gateway gateway) implements ReportAnswer {}

    /**
     * It was not believed, and counted. Sending it again will not help.
     *
     * @param code why
     * @param detail safe to show
     */
    record Dropped(FleetCode code, String detail) implements ReportAnswer {}
}
