package io.sekimori.payload;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a gateway says of itself when it comes, each fact a metric that holds a string. */
public enum BirthFact {
    /** Milliseconds since the start of the process. */
    UPTIME,
    DISPLAY_NAME,
    MODEL_NAME,
    MODEL_ID,
    PART_NUMBER,
    SERIAL_NUMBER,
    FIRMWARE_VERSION,
    BIOS_VERSION,
    CPU_VERSION,
    OS,
    OS_VERSION,
    OS_ARCH,
    JVM_NAME,
    JVM_VERSION,
    JVM_PROFILE,
    JVM_VENDOR,
    JDK_VENDOR_VERSION,
    /** The same as {@link #APPLICATION_FRAMEWORK_VERSION}; older readers know only this one. */
    KURA_VERSION,
    /** {@code Kura} or {@code Sekimori}. */
    APPLICATION_FRAMEWORK,
    APPLICATION_FRAMEWORK_VERSION,
    OSGI_FRAMEWORK,
    OSGI_FRAMEWORK_VERSION,
    CONNECTION_INTERFACE,
    CONNECTION_IP,
    /** {@code gzip} if the gateway reads it. */
    ACCEPT_ENCODING,
    /** Application ids, joined by commas. */
    APPLICATION_IDS,
    AVAILABLE_PROCESSORS,
    /** Kilobytes. */
    TOTAL_MEMORY,
    MODEM_IMEI,
    MODEM_ICCID,
    MODEM_IMSI,
    MODEM_RSSI,
    MODEM_FIRMWARE_VERSION,
    /** {@code KURA_PROTOBUF} for what this bundle encodes. */
    PAYLOAD_ENCODING,
    TAMPER_STATUS,
    EXTENDED_PROPERTIES;

    /** The name of the metric. */
    public String metric() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Facts as metrics. */
    public static Map<String, Object> metrics(Map<BirthFact, String> facts) {
        Map<String, Object> metrics = new HashMap<>();
        facts.forEach((fact, value) -> metrics.put(fact.metric(), value));
        return metrics;
    }

    /** The facts in a payload; metrics that are none, or no string, are left out. */
    public static Map<BirthFact, String> of(KuraPayload payload) {
        Map<BirthFact, String> facts = new EnumMap<>(BirthFact.class);
        for (BirthFact fact : values()) {
            payload.metric(fact.metric(), String.class).ifPresent(value -> facts.put(fact, value));
        }
        return facts;
    }
}
