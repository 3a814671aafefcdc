package io.sekimori.checks;

import java.util.List;
import java.util.Map;

/** All rules of the house, by the name under which a test runs them. */
final class House {

    private House() {}

    static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("layers", new LayerRule()),
            Map.entry("cycles", new CycleRule()),
            Map.entry("names", new NameRule()),
            Map.entry("forbidden calls", new ForbiddenCallRule()),
            Map.entry("static state", new StaticStateRule()),
            Map.entry("fit for a swap", new SwapRule()),
            Map.entry("calls in flight", new CallsInFlightRule()),
            Map.entry("manifests", new ManifestRule()),
            Map.entry("sources", new SourceRule()),
            Map.entry("unfinished work", new MarkerRule()),
            Map.entry("target platform", new TargetPlatformRule()),
            Map.entry("advice for codes", new AdviceRule()),
            Map.entry("repeated keys", new RepeatedKeyRule()),
            Map.entry("named tests", new NamedTestRule()),
            Map.entry("words of settings", new MetatypeTextRule()),
            Map.entry("pinned versions", new PinnedVersionRule()));

    static List<String> names() {
        return RULES.keySet().stream().sorted().toList();
    }
}
