package io.sekimori.control.socket;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Unit;
import io.sekimori.keys.Protection;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.launcher.Unadmitted;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.UpdateService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.BundleStartLevel;

/** What the gateway says of itself: the generation, its bundles, its health, and what somebody should look at. Thread-safe. */
final class GatewayFacts {

    private final BundleContext context;
    private final Admission admission;
    private final RunningGeneration running;
    private final Services services;
    private final HealthFacts health;

    GatewayFacts(
            BundleContext context,
            Admission admission,
            RunningGeneration running,
            Services services,
            HealthFacts health) {
        this.context = context;
        this.admission = admission;
        this.running = running;
        this.services = services;
        this.health = health;
    }

    Map<String, Object> status() {
        Map<String, Object> json = new TreeMap<>();
        Optional<UpdateService> update = services.update();
        OptionalInt generation = update.map(UpdateService::generation).orElse(OptionalInt.empty());
        generation.ifPresent(number -> json.put("generation", (long) number));
        json.put("started", started());
        json.put("health", health.all());
        json.put(
                "unadmitted",
                admission.unadmitted().stream().map(GatewayFacts::of).toList());
        services.keys().ifPresent(keys -> json.put("keys", of(keys.protection())));
        update.flatMap(UpdateService::open).ifPresent(open -> json.put("transition", UpdateFacts.of(open)));
        json.put("missing", missing());
        onDisk(json);
        return json;
    }

    List<Map<String, Object>> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .sorted(Comparator.comparing((Bundle bundle) -> String.valueOf(bundle.getSymbolicName()))
                        .thenComparing(Bundle::getVersion))
                .map(this::of)
                .toList();
    }

    private Map<String, Object> started() {
        Map<String, Object> json = new TreeMap<>();
        json.put("generation", (long) running.number());
        json.put("reason", running.reason().name());
        json.put("slot", running.slot());
        json.put("filesVerified", (long) running.filesVerified());
        json.put("verifyMillis", running.verifyTime().toMillis());
        running.fallBackCode().ifPresent(code -> json.put("fallBackCode", code));
        return json;
    }

    // A capability that is away makes others refuse; that has to be seen.
    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (services.update().isEmpty()) {
            missing.add("update");
        }
        if (services.audit().isEmpty()) {
            missing.add("audit");
        }
        if (services.keys().isEmpty()) {
            missing.add("keys");
        }
        return missing;
    }

    private void onDisk(Map<String, Object> json) {
        Unit unit = new Unit(running.unit());
        try {
            Optional<Confirmed> confirmed = new Pointer(unit).confirmed();
            confirmed.ifPresent(pointer -> json.put("confirmed", (long) pointer.generation()));
            confirmed.flatMap(Confirmed::fallback).ifPresent(number -> json.put("fallback", (long) number));
            Optional<StartReport> start = new StartLog(unit).read().stream().findFirst();
            List<Map<String, Object>> findings = new ArrayList<>();
            start.ifPresent(report -> {
                report.findings().forEach(each -> findings.add(Map.of("code", each.code(), "detail", each.detail())));
                report.notStarted()
                        .forEach(each -> findings.add(
                                Map.of("code", "BUNDLE_NOT_STARTED", "detail", each.bundle() + ": " + each.detail())));
                report.passedOver()
                        .forEach(each -> findings.add(Map.of(
                                "code",
                                each.code(),
                                "detail",
                                "generation " + each.generation() + ": " + each.detail())));
            });
            json.put("findings", findings);
        } catch (IOException | MalformedJson e) {
            json.put("findings", List.of(Map.of("code", "STATE_UNREADABLE", "detail", String.valueOf(e.getMessage()))));
        }
    }

    private Map<String, Object> of(Bundle bundle) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", bundle.getBundleId());
        json.put("symbolicName", String.valueOf(bundle.getSymbolicName()));
        json.put("version", bundle.getVersion().toString());
        json.put("state", state(bundle.getState()));
        json.put("admitted", admission.admitted(bundle));
        json.put("startLevel", (long) bundle.adapt(BundleStartLevel.class).getStartLevel());
        admission.sha256(bundle).ifPresent(digest -> json.put("sha256", digest));
        return json;
    }

    private static Map<String, Object> of(Unadmitted bundle) {
        return Map.of(
                "bundle", bundle.symbolicName() + "/" + bundle.version(),
                "location", bundle.location(),
                "seen", bundle.seen().toString());
    }

    private static Map<String, Object> of(Protection protection) {
        return Map.of("kind", protection.kind().name(), "note", protection.note());
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STARTING -> "STARTING";
            case Bundle.STOPPING -> "STOPPING";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.INSTALLED -> "INSTALLED";
            default -> "UNINSTALLED";
        };
    }
}
