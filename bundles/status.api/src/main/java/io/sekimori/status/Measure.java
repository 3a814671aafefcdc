package io.sekimori.status;

/** What is measured of a machine. Each is absent where it cannot be had. The names on the wire are stable. */
public enum Measure {
    /** Of all processors since the look before, 0 to 100. */
    CPU_PERCENT("cpuPercent"),
    /** Main memory. */
    MEMORY_TOTAL_BYTES("memoryTotalBytes"),
    /** What could be given to programs without swapping. */
    MEMORY_AVAILABLE_BYTES("memoryAvailableBytes"),
    /** What this process has in main memory. */
    PROCESS_BYTES("processBytes"),
    /** The file system of the unit's folder. */
    DISK_TOTAL_BYTES("diskTotalBytes"),
    /** What this process may still write there. */
    DISK_FREE_BYTES("diskFreeBytes"),
    /** Since the machine started. */
    UPTIME_SECONDS("uptimeSeconds"),
    /** Since this process started. */
    PROCESS_SECONDS("processSeconds"),
    /** The warmest sensor, thousandths of a degree Celsius. */
    TEMPERATURE_MILLI_CELSIUS("temperatureMilliCelsius");

    private final String wire;

    Measure(String wire) {
        this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
        return wire;
    }
}
