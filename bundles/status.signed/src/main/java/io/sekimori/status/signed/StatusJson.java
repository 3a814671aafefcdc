package io.sekimori.status.signed;

import io.sekimori.status.BundleStatus;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Finding;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Status;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A status as members of JSON, as docs/status.md describes them. Pure. */
final class StatusJson {

    /** What kind of statement a signed status is. */
    static final String TYPE = "sekimori-status-1";

    private StatusJson() {}

    static Map<String, Object> members(Status status) {
        Map<String, Long> resources = new TreeMap<>();
        status.resources().forEach((measure, value) -> resources.put(measure.wire(), value));
        Map<String, Object> json = new TreeMap<>();
        json.put("at", status.at().toString());
        json.put("generation", (long) status.generation());
        json.put("bundles", status.bundles().stream().map(StatusJson::of).toList());
        json.put("health", status.health().stream().map(StatusJson::of).toList());
        json.put("resources", resources);
        json.put(
                "certificates",
                status.certificates().stream().map(StatusJson::of).toList());
        Map<String, Object> moments = new TreeMap<>();
        status.moments().forEach((moment, when) -> moments.put(moment.wire(), when.toString()));
        json.put("moments", moments);
        json.put("findings", status.findings().stream().map(StatusJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(BundleStatus bundle) {
        Map<String, Object> json = new TreeMap<>();
        json.put("name", bundle.name());
        json.put("version", bundle.version());
        json.put("sha256", bundle.sha256());
        json.put("verdict", bundle.verdict().name().toLowerCase(Locale.ROOT));
        if (!bundle.code().isEmpty()) {
            json.put("code", bundle.code());
        }
        json.put("state", bundle.state());
        return json;
    }

    private static Map<String, Object> of(HealthStatus health) {
        return Map.of("name", health.name(), "status", health.status(), "message", health.message());
    }

    private static Map<String, Object> of(CertificateEnd end) {
        return Map.of("name", end.name(), "notAfter", end.notAfter().toString());
    }

    private static Map<String, Object> of(Finding finding) {
        return Map.of(
                "code",
                finding.code(),
                "detail",
                finding.detail(),
                "since",
                finding.since().toString());
    }
}
