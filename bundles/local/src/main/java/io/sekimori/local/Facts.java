package io.sekimori.local;

import io.sekimori.connection.Link;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.BundleStatus.Verdict;
import io.sekimori.status.HealthStatus;
import io.sekimori.status.Moment;
import io.sekimori.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a person on site is told of the gateway, most harmful first. Immutable. */
final class Facts {

    private static final List<String> MILD = List.of("OK", "WARN", "TEMPORARILY_UNAVAILABLE");

    private final Status status;
    private final Optional<Identity> identity;
    private final Optional<Link.Status> link;
    private final Advice advice;
    private final Locale language;

    Facts(Status status, Optional<Identity> identity, Optional<Link.Status> link, Advice advice, Locale language) {
        this.status = status;
        this.identity = identity;
        this.link = link;
        this.advice = advice;
        this.language = language;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("at", status.at().toString());
        json.put("generation", (long) status.generation());
        identity.ifPresent(known -> {
            json.put("model", known.model());
            json.put("serial", known.serial());
        });
        enrolled().ifPresent(known -> {
            json.put("gateway", known.id());
            json.put("account", known.account());
            json.put("console", known.console().toString());
        });
        List<Reason> reasons = reasons();
        json.put("light", light(reasons));
        json.put("reasons", reasons.stream().map(this::of).toList());
        json.put("health", health());
        json.put("bundles", bundles());
        json.put(
                "certificates",
                status.certificates().stream()
                        .map(end -> Map.of(
                                "name", end.name(), "notAfter", end.notAfter().toString()))
                        .toList());
        Map<String, Object> resources = new TreeMap<>();
        status.resources().forEach((measure, value) -> resources.put(measure.wire(), value));
        json.put("resources", resources);
        Instant supported = status.moments().get(Moment.SUPPORT_ENDS);
        if (supported != null) {
            json.put("supportEnds", supported.toString());
        }
        link.ifPresent(now -> json.put("connection", of(now)));
        return json;
    }

    private static String light(List<Reason> reasons) {
        if (reasons.isEmpty()) {
            return "GREEN";
        }
        return reasons.get(0).red() ? "RED" : "AMBER";
    }

    /** The worst first; of equal ones the oldest, and what only sums up others last. */
    private List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        status.findings()
                .forEach(each -> reasons.add(
                        new Reason(each.code(), each.detail(), each.since().toString())));
        status.health().stream()
                .filter(each -> !each.red() && !each.status().equals("OK"))
                .forEach(each -> reasons.add(
                        new Reason(LocalCode.HEALTH_WARNS.name(), each.name() + ": " + each.message(), "")));
        if (identity.isPresent() && enrolled().isEmpty()) {
            reasons.add(new Reason(LocalCode.GATEWAY_NOT_ENROLLED.name(), "no console knows this gateway", ""));
        }
        link.filter(now -> now.state() == Link.State.WAITING)
                .ifPresent(now -> reasons.add(new Reason(
                        LocalCode.CONSOLE_NOT_REACHED.name(),
                        now.detail(),
                        now.since().toString())));
        reasons.sort(Comparator.comparing(Reason::rank)
                .thenComparing(each -> each.since().isEmpty())
                .thenComparing(Reason::since));
        return reasons;
    }

    private Optional<Enrolled> enrolled() {
        return identity.flatMap(Identity::enrolled);
    }

    private Map<String, Object> of(Reason reason) {
        Map<String, Object> json = new TreeMap<>();
        json.put("code", reason.code());
        json.put("detail", reason.detail());
        json.put("light", reason.red() ? "RED" : "AMBER");
        advice.of(reason.code(), language).ifPresent(text -> json.put("advice", text));
        if (!reason.since().isEmpty()) {
            json.put("since", reason.since());
        }
        return json;
    }

    private List<Map<String, Object>> health() {
        Comparator<HealthStatus> worst =
                Comparator.comparing(each -> each.red() ? 0 : MILD.size() - MILD.indexOf(each.status()));
        return status.health().stream()
                .sorted(worst.thenComparing(HealthStatus::name))
                .map(each ->
                        Map.<String, Object>of("name", each.name(), "status", each.status(), "message", each.message()))
                .toList();
    }

    private List<Map<String, Object>> bundles() {
        Stream<BundleStatus> sorted =
                status.bundles().stream().sorted(Comparator.comparing(each -> each.verdict() != Verdict.REFUSED));
        return sorted.map(this::of).toList();
    }

    private Map<String, Object> of(BundleStatus bundle) {
        Map<String, Object> json = new TreeMap<>();
        json.put("name", bundle.name());
        json.put("version", bundle.version());
        json.put("verdict", bundle.verdict().name().toLowerCase(Locale.ROOT));
        json.put("state", bundle.state());
        if (!bundle.code().isEmpty()) {
            json.put("code", bundle.code());
            advice.of(bundle.code(), language).ifPresent(text -> json.put("advice", text));
        }
        return json;
    }

    private static Map<String, Object> of(Link.Status link) {
        Map<String, Object> json = new TreeMap<>();
        json.put("state", link.state().name());
        json.put("since", link.since().toString());
        json.put("detail", link.detail());
        json.put("waiting", (long) link.waiting());
        link.nextTry().ifPresent(next -> json.put("nextTry", next.toString()));
        return json;
    }
}
