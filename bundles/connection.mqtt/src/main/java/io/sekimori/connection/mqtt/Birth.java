package io.sekimori.connection.mqtt;

import io.sekimori.payload.BirthFact;
import io.sekimori.payload.KuraPayload;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the gateway says of itself when it comes and goes. Thread-safe. */
final class Birth {

    private static final byte[] NOTHING = {};

    private final Software software;
    private final Clock clock;

    /** What the gateway runs. */
    record Software(int generation, String version, String framework, String frameworkVersion) {}

    Birth(Software software, Clock clock) {
        this.software = software;
        this.clock = clock;
    }

    /** For BIRTH and APPS. */
    KuraPayload payload(String model, String serial, Set<String> applications) {
        Map<BirthFact, String> facts = parting(serial);
        facts.put(BirthFact.MODEL_NAME, model);
        facts.put(BirthFact.MODEL_ID, model);
        facts.put(BirthFact.SERIAL_NUMBER, serial);
        facts.put(BirthFact.APPLICATION_IDS, String.join(",", applications));
        facts.put(BirthFact.ACCEPT_ENCODING, "gzip");
        facts.put(BirthFact.PAYLOAD_ENCODING, "KURA_PROTOBUF");
        facts.put(BirthFact.APPLICATION_FRAMEWORK, "Sekimori");
        facts.put(BirthFact.APPLICATION_FRAMEWORK_VERSION, software.version());
        facts.put(BirthFact.KURA_VERSION, software.version());
        facts.put(
                BirthFact.EXTENDED_PROPERTIES,
                "{\"version\":\"1.0\",\"properties\":{\"sekimori\":{\"generation\":\"" + software.generation()
                        + "\"}}}");
        machine(facts);
        network(facts);
        return payload(facts);
    }

    /** For DC. */
    KuraPayload farewell(String serial) {
        return payload(parting(serial));
    }

    private KuraPayload payload(Map<BirthFact, String> facts) {
        return KuraPayload.of(clock.instant(), BirthFact.metrics(facts), NOTHING);
    }

    private Map<BirthFact, String> parting(String serial) {
        Instant now = clock.instant();
        Instant started = ProcessHandle.current().info().startInstant().orElse(now);
        Map<BirthFact, String> facts = new EnumMap<>(BirthFact.class);
        facts.put(
                BirthFact.UPTIME,
                Long.toString(Math.max(0, Duration.between(started, now).toMillis())));
        facts.put(BirthFact.DISPLAY_NAME, serial);
        return facts;
    }

    private void machine(Map<BirthFact, String> facts) {
        property(facts, BirthFact.OS, "os.name");
        property(facts, BirthFact.OS_VERSION, "os.version");
        property(facts, BirthFact.OS_ARCH, "os.arch");
        property(facts, BirthFact.JVM_NAME, "java.vm.name");
        property(facts, BirthFact.JVM_VENDOR, "java.vm.vendor");
        property(facts, BirthFact.JDK_VENDOR_VERSION, "java.vendor.version");
        facts.put(BirthFact.JVM_VERSION, joined("java.vm.version", "java.vm.info"));
        facts.put(BirthFact.JVM_PROFILE, joined("java.vendor", "java.version"));
        facts.put(BirthFact.OSGI_FRAMEWORK, software.framework());
        facts.put(BirthFact.OSGI_FRAMEWORK_VERSION, software.frameworkVersion());
        Runtime runtime = Runtime.getRuntime();
        facts.put(BirthFact.AVAILABLE_PROCESSORS, Integer.toString(runtime.availableProcessors()));
        facts.put(BirthFact.TOTAL_MEMORY, Long.toString(runtime.totalMemory() >> 10));
    }

    private static void network(Map<BirthFact, String> facts) {
        List<String> names = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] mac = card.getHardwareAddress();
                if (mac != null && card.isUp()) {
                    names.add(card.getName() + " (" + HexFormat.ofDelimiter(":").formatHex(mac) + ")");
                    addresses.addAll(card.inetAddresses()
                            .filter(address -> !address.isLinkLocalAddress())
                            .map(InetAddress::getHostAddress)
                            .toList());
                }
            }
        } catch (SocketException e) {
            return; // the facts are for people to read; what is not known is not sent
        }
        facts.put(BirthFact.CONNECTION_INTERFACE, String.join(",", names));
        facts.put(BirthFact.CONNECTION_IP, String.join(",", addresses));
    }

    private static String joined(String first, String second) {
        return System.getProperty(first, "") + " " + System.getProperty(second, "");
    }

    private static void property(Map<BirthFact, String> facts, BirthFact fact, String property) {
        String value = System.getProperty(property);
        if (value != null && !value.isEmpty()) {
            facts.put(fact, value);
        }
    }
}
