package io.sekimori.rest;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.RunningBundle;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** How a gateway is shown. What is absent has no member. Stateless. */
final class GatewayJson {

    private GatewayJson() {}

    /** A line of a list. */
    static Map<String, Object> summary(Gateway gateway) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", gateway.id());
        json.put("serial", gateway.serial());
        json.put("model", gateway.model());
        json.put("life", gateway.life().name());
        json.put("labels", List.copyOf(new TreeSet<>(gateway.labels())));
        json.put("connected", gateway.contact().connected());
        put(json, "lastHeard", gateway.contact().lastHeard());
        put(json, "reported", gateway.reported());
        gateway.report().ifPresent(report -> {
            json.put("generation", (long) report.generation());
            json.put("assignment", report.assignment());
        });
        return json;
    }

    /** All of it. */
    static Map<String, Object> whole(Gateway gateway) {
        Map<String, Object> json = summary(gateway);
        gateway.deviceKey().ifPresent(key -> json.put("deviceKey", key));
        json.put("birth", gateway.contact().birth());
        json.put("registered", gateway.registered().toString());
        json.put("dropped", gateway.dropped());
        json.put("revision", gateway.revision());
        gateway.report().ifPresent(report -> json.putAll(proved(report)));
        return json;
    }

    private static Map<String, Object> proved(DeviceReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("sequence", report.sequence());
        json.put("made", report.made().toString());
        json.put("bundles", report.bundles().stream().map(GatewayJson::bundle).toList());
        json.put("slot", report.slot().stream().map(GatewayJson::bundle).toList());
        json.put("confirmed", report.confirmed());
        json.put("accepted", report.accepted());
        json.put("findings", report.findings());
        json.put("attacks", report.noted().attacks());
        json.put("belowFloor", report.noted().belowFloor());
        report.transition().ifPresent(last -> json.put("lastTransition", transition(last)));
        return json;
    }

    private static Map<String, Object> transition(DeviceReport.Transition last) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", last.id());
        json.put("from", (long) last.from());
        json.put("to", (long) last.to());
        json.put("assignment", last.assignment());
        json.put("outcome", last.outcome().name());
        json.put("code", last.code());
        json.put("detail", last.detail());
        json.put("by", last.by());
        json.put("ended", last.ended().toString());
        put(json, "offlineStale", last.offlineStale());
        return json;
    }

    private static Map<String, Object> bundle(RunningBundle bundle) {
        return Map.of("symbolicName", bundle.symbolicName(), "version", bundle.version(), "sha256", bundle.sha256());
    }

    private static void put(Map<String, Object> json, String name, Optional<Instant> instant) {
        instant.ifPresent(value -> json.put(name, value.toString()));
    }
}
