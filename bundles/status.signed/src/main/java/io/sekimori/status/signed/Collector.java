package io.sekimori.status.signed;

import io.sekimori.generation.Expiry;
import io.sekimori.generation.Inspection;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Support;
import io.sekimori.generation.Unit;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.CertificateEnd;
import io.sekimori.status.Finding;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Measure;
import io.sekimori.status.Moment;
import io.sekimori.status.Status;
import io.sekimori.status.StatusCode;
import io.sekimori.status.StatusSource;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Puts one status together. Thread-safe. */
final class Collector {

    private static final Duration SOON = Duration.ofDays(30);
    private static final Duration SUPPORT_SOON = Duration.ofDays(90);

    /** Where the parts of a status come from. */
    record Parts(
            IntSupplier generation,
            Supplier<List<Verdicts.Installed>> installed,
            Supplier<List<HealthStatus>> health,
            Supplier<Map<Measure, Long>> resources,
            Supplier<List<StatusSource>> sources,
            Supplier<Optional<String>> device) {}

    private final Unit unit;
    private final Inspection inspection;
    private final Parts parts;
    private final Findings open;
    private final Clock clock;

    Collector(Unit unit, Parts parts, Findings open, Clock clock) {
        this.unit = unit;
        this.inspection = new Inspection(unit);
        this.parts = parts;
        this.open = open;
        this.clock = clock;
    }

    /** @param whole whether every file is hashed, even if none was touched since the last look */
    Status look(boolean whole) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Finding> found = new ArrayList<>();
        int generation = parts.generation().getAsInt();
        List<BundleStatus> bundles = new Verdicts(
                        inspection.inspect(generation, whole),
                        parts.device().get(),
                        (code, detail) -> found.add(new Finding(code, detail, at)))
                .of(parts.installed().get(), unit.store()::path);
        List<HealthStatus> health = parts.health().get();
        health.stream()
                .filter(HealthStatus::red)
                .forEach(red -> found.add(finding(StatusCode.HEALTH_RED, red.name() + " " + red.status(), at)));
        List<CertificateEnd> certificates = new ArrayList<>();
        Map<Moment, Instant> moments = new EnumMap<>(Moment.class);
        contributions(found, certificates, moments, at);
        certificates.forEach(end -> ending(end, at).ifPresent(found::add));
        kept(generation, found, moments, at);
        support(moments, at).ifPresent(found::add);
        return new Status(
                at, generation, bundles, health, parts.resources().get(), certificates, open.of(found), moments);
    }

    /** The bundles alone, as cheaply as can be: for a health check, which must not ask the others in its turn. */
    List<BundleStatus> judged() {
        return new Verdicts(
                        inspection.inspect(parts.generation().getAsInt(), false),
                        Optional.empty(),
                        (code, detail) -> {})
                .of(parts.installed().get(), unit.store()::path);
    }

    private void contributions(
            List<Finding> found, List<CertificateEnd> certificates, Map<Moment, Instant> moments, Instant at) {
        for (StatusSource source : parts.sources().get()) {
            try {
                StatusSource.Contribution part = source.contribute();
                found.addAll(part.findings());
                certificates.addAll(part.certificates());
                moments.putAll(part.moments());
            } catch (RuntimeException e) { // another bundle's code
                found.add(finding(
                        StatusCode.SOURCE_FAILED,
                        source.getClass().getName() + ": " + e.getClass().getName(),
                        at));
            }
        }
    }

    private static Optional<Finding> ending(CertificateEnd end, Instant at) {
        if (end.notAfter().isAfter(at.plus(SOON))) {
            return Optional.empty();
        }
        StatusCode code = end.notAfter().isAfter(at) ? StatusCode.CERTIFICATE_ENDS_SOON : StatusCode.CERTIFICATE_ENDED;
        return Optional.of(finding(code, end.name() + " " + end.notAfter(), at));
    }

    private static Optional<Finding> support(Map<Moment, Instant> moments, Instant at) {
        Instant end = moments.get(Moment.SUPPORT_ENDS);
        if (end == null || end.isAfter(at.plus(SUPPORT_SOON))) {
            return Optional.empty();
        }
        StatusCode code = end.isAfter(at) ? StatusCode.SUPPORT_ENDS_SOON : StatusCode.SUPPORT_ENDED;
        return Optional.of(finding(code, end.toString(), at));
    }

    /** What the unit keeps about its metadata and its last start. */
    private void kept(int generation, List<Finding> found, Map<Moment, Instant> moments, Instant at) {
        try {
            if (generation > 0) {
                Expiry.past(unit, generation, at)
                        .forEach((name, since) -> found.add(finding(StatusCode.METADATA_EXPIRED, name, since)));
                Support.end(unit, generation).ifPresent(end -> moments.put(Moment.SUPPORT_ENDS, end));
            }
            for (StartReport start : new StartLog(unit).read().stream().limit(1).toList()) {
                start.findings().forEach(each -> found.add(new Finding(each.code(), each.detail(), start.at())));
                start.notStarted()
                        .forEach(each -> found.add(finding(
                                StatusCode.BUNDLE_NOT_STARTED, each.bundle() + ": " + each.detail(), start.at())));
                start.passedOver()
                        .forEach(each -> found.add(new Finding(
                                each.code(), "generation " + each.generation() + ": " + each.detail(), start.at())));
            }
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            found.add(finding(StatusCode.STATE_UNREADABLE, String.valueOf(e.getMessage()), at));
        }
    }

    private static Finding finding(StatusCode code, String detail, Instant since) {
        return new Finding(code.name(), detail, since);
    }
}
