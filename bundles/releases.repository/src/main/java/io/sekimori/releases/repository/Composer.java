package io.sekimori.releases.repository;

import io.sekimori.releases.Changes;
import io.sekimori.releases.Changes.Part;
import io.sekimori.releases.Order;
import io.sekimori.releases.Release;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.Kind;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UnitReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts together what a gateway is to run: what it reported, changed as ordered, of what is released. Pure. */
final class Composer {

    private static final int DEFAULT_START_LEVEL = 10;
    private static final long MAX_VERSION = 1L << 53;
    private static final String ENGINE = "io.sekimori.update.engine";

    private final Catalog catalog;
    private final FloorRule floors;
    private final Instant now;

    /** @param floors what is released, and what of it may be assigned at {@code now} */
    Composer(FloorRule floors, Instant now) {
        this.catalog = floors.catalog();
        this.floors = floors;
        this.now = now;
    }

    /**
     * What is to be signed.
     *
     * @param above the highest version that the device has shown
     */
    record Composed(AssignmentDraft draft, long above) {}

    Composed compose(Order order) throws RefusedException {
        UnitReport report = report(order);
        Map<Part, UnitReport.Item> running = running(report);
        for (Part part : order.changes().remove()) {
            if (running.remove(part) == null) {
                throw new RefusedException(ReleasesCode.BUNDLE_NOT_RUNNING, part.symbolicName());
            }
        }
        List<Assigned> items = new ArrayList<>();
        for (Changes.Setting setting : order.changes().set()) {
            UnitReport.Item before = running.remove(setting.part());
            int level = setting.startLevel().orElse(before == null ? DEFAULT_START_LEVEL : before.startLevel());
            items.add(set(setting, level));
            if (setting.part().kind() == Release.Kind.JAVA) {
                running.keySet().removeIf(part -> part.kind() == Release.Kind.JAVA);
            }
        }
        for (Map.Entry<Part, UnitReport.Item> kept : running.entrySet()) {
            items.add(kept(kind(kept.getKey()), kept.getValue()));
        }
        demand(items, new UnitFacts(order.device(), order.model()));
        AssignmentDraft draft = new AssignmentDraft(
                order.device(),
                order.model(),
                items,
                configured(report.running().configurations(), order.changes().configurations()));
        return new Composed(draft, above(report));
    }

    private Map<Part, UnitReport.Item> running(UnitReport report) throws RefusedException {
        Map<Part, UnitReport.Item> running = new LinkedHashMap<>();
        report.running().bundles().forEach(item -> running.put(Part.bundle(item.symbolicName()), item));
        for (UnitReport.Item item : report.running().slot()) {
            // A report lists the Java runtime beside the jars that it runs.
            boolean java =
                    catalog.find(Kind.SLOT, item.symbolicName(), item.version()).isEmpty();
            Part part = new Part(java ? Release.Kind.JAVA : Release.Kind.SLOT, item.symbolicName());
            if (running.put(part, item) != null) {
                throw new RefusedException(ReleasesCode.REPORT_MALFORMED, item.symbolicName() + " is reported twice");
            }
        }
        return running;
    }

    private static Kind kind(Part part) {
        return Kind.valueOf(part.kind().name());
    }

    // A version grows by one each time or follows the seconds since 1970: nobody ever gave out one beyond that.
    private static long above(UnitReport report) throws RefusedException {
        return plausible(
                Math.max(report.trusted().assignment(), report.running().assignment()));
    }

    /** The version that a device has shown, if it may ever have been given out. */
    static long plausible(long above) throws RefusedException {
        if (above > MAX_VERSION) {
            throw new RefusedException(ReleasesCode.REPORT_MALFORMED, "no assignment ever had the version " + above);
        }
        return above;
    }

    private static UnitReport report(Order order) throws RefusedException {
        if (order.report().isEmpty()) {
            throw new RefusedException(ReleasesCode.NOTHING_REPORTED, "no report of device " + order.device());
        }
        UnitReport report;
        try {
            report = SignedReport.unverified(order.report().getBytes(StandardCharsets.UTF_8));
        } catch (TrustException e) {
            throw new RefusedException(
                    ReleasesCode.REPORT_MALFORMED, e.refusal().detail());
        }
        if (!report.device().equals(order.device()) || !report.model().equals(order.model())) {
            throw new RefusedException(ReleasesCode.REPORT_OTHER_DEVICE, report.model() + " " + report.device());
        }
        if (report.running().bundles().isEmpty() || report.running().slot().isEmpty()) {
            throw new RefusedException(
                    ReleasesCode.NOTHING_REPORTED, "the gateway does not know what it runs: " + report.findings());
        }
        return report;
    }

    private Assigned set(Changes.Setting setting, int level) throws RefusedException {
        try {
            return Assigned.of(released(kind(setting.part()), setting.part().symbolicName(), setting.version()), level);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(ReleasesCode.CHANGE_MALFORMED, setting + ": " + e.getMessage());
        }
    }

    private Assigned kept(Kind kind, UnitReport.Item item) throws RefusedException {
        io.sekimori.trust.Release release = released(kind, item.symbolicName(), item.version());
        if (!release.sha256().equals(item.sha256())) {
            throw new RefusedException(
                    ReleasesCode.REPORT_DIFFERS,
                    release.path() + " has " + (item.sha256().isEmpty() ? "no readable bytes" : item.sha256()));
        }
        return Assigned.of(release, item.startLevel());
    }

    private io.sekimori.trust.Release released(Kind kind, String symbolicName, String version) throws RefusedException {
        return catalog.find(kind, symbolicName, version)
                .orElseThrow(() -> new RefusedException(
                        TrustCode.RELEASE_UNKNOWN.name(), symbolicName + "/" + version + " is not released"));
    }

    // What a gateway would refuse is not signed.
    private void demand(List<Assigned> items, UnitFacts unit) throws RefusedException {
        floors.demand(items, unit, now);
        for (Assigned item : items) {
            io.sekimori.trust.Release release = catalog.byPath().get(item.path());
            if (!release.suits(unit.model())) {
                throw new RefusedException(
                        TrustCode.RELEASE_OTHER_MODEL.name(),
                        item.path() + " is made for " + release.models() + ", not for " + unit.model());
            }
        }
        if (items.stream().noneMatch(item -> item.symbolicName().equals(ENGINE) && item.kind() == Kind.BUNDLE)) {
            throw new RefusedException(ReleasesCode.ENGINE_MISSING, ENGINE + " is not assigned");
        }
        if (items.stream().noneMatch(item -> item.kind() == Kind.SLOT)) {
            throw new RefusedException(ReleasesCode.CHANGE_MALFORMED, "nothing is left that it could start with");
        }
    }

    private static Map<String, Map<String, Object>> configured(
            Map<String, Map<String, Object>> before, Map<String, Map<String, Object>> changes) {
        Map<String, Map<String, Object>> configured = new TreeMap<>(before);
        changes.forEach((pid, values) -> {
            Map<String, Object> all = new TreeMap<>(configured.getOrDefault(pid, Map.of()));
            all.putAll(values);
            configured.put(pid, all);
        });
        return configured;
    }
}
