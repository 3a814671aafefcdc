package io.sekimori.rest;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.Disruption;
import io.sekimori.releases.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a gateway was assigned and did not prove to run: which risks that removes, and what it interrupts.
 *
 * @param coming what it does not run yet, by name
 * @param removed names of bundles that it is to run no more
 * @param known whether the gateway has proved what it runs; else all that is assigned counts as coming
 */
record AwaitedUpdate(long assignment, List<Release> coming, List<String> removed, boolean known) {

    private static final int MOST_SHOWN = 200;

    AwaitedUpdate {
        coming = List.copyOf(coming);
        removed = List.copyOf(removed);
    }

    /** Empty if it runs what it was assigned. */
    static Optional<AwaitedUpdate> of(AssignedBundles assigned, Optional<DeviceReport> report, List<Release> releases) {
        Set<RunningBundle> running = new HashSet<>();
        report.ifPresent(proved -> {
            running.addAll(proved.bundles());
            running.addAll(proved.slot());
        });
        Map<String, Release> byFile =
                releases.stream().collect(Collectors.toMap(AwaitedUpdate::key, Function.identity(), (one, two) -> one));
        List<Release> coming = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Map.Entry<RunningBundle, Boolean> each : all(assigned).entrySet()) {
            names.add(each.getKey().symbolicName());
            if (!running.contains(each.getKey())) {
                Optional.ofNullable(byFile.get(key(each.getValue(), each.getKey())))
                        .ifPresent(coming::add);
            }
        }
        coming.sort(Comparator.comparing(Release::symbolicName));
        TreeSet<String> removed = new TreeSet<>();
        report.ifPresent(proved -> proved.bundles().stream()
                .map(RunningBundle::symbolicName)
                .filter(name -> !names.contains(name))
                .forEach(removed::add));
        return coming.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new AwaitedUpdate(assigned.version(), coming, List.copyOf(removed), report.isPresent()));
    }

    /** With whether it is a bundle. */
    private static Map<RunningBundle, Boolean> all(AssignedBundles assigned) {
        Map<RunningBundle, Boolean> all =
                new TreeMap<>(Comparator.comparing(RunningBundle::symbolicName).thenComparing(RunningBundle::sha256));
        assigned.slot().forEach(each -> all.put(each, false));
        assigned.bundles().forEach(each -> all.put(each, true));
        return all;
    }

    private static String key(Release release) {
        return (release.kind() == Release.Kind.BUNDLE) + release.symbolicName() + "/" + release.version();
    }

    private static String key(boolean bundle, RunningBundle one) {
        return bundle + one.symbolicName() + "/" + one.version();
    }

    Map<String, Object> json() {
        Disruption disruption = Disruption.of(coming);
        Map<String, Object> json = new TreeMap<>();
        json.put("assignment", assignment);
        json.put("known", known);
        json.put(
                "releases",
                coming.stream()
                        .limit(MOST_SHOWN)
                        .map(release -> Map.of(
                                "symbolicName", release.symbolicName(),
                                "version", release.version(),
                                "kind", release.kind().name(),
                                "swap", release.swap()))
                        .toList());
        json.put("removed", removed.stream().limit(MOST_SHOWN).toList());
        json.put("restart", disruption.restart());
        json.put("replaced", disruption.replaced().stream().limit(MOST_SHOWN).toList());
        json.put(
                "remedies",
                coming.stream()
                        .flatMap(release -> release.remedy().stream())
                        .distinct()
                        .limit(MOST_SHOWN)
                        .map(ReleasesResource::json)
                        .toList());
        return json;
    }
}
