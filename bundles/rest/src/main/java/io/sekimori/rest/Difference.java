package io.sekimori.rest;

import io.sekimori.fleet.Census;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.AwaitedContent;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TrustException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.framework.Version;

/**
 * What a content changes on gateways, by what they run. It is told to people and nobody signs it: what they sign is the content.
 * Immutable.
 *
 * @param compared with what so many gateways run
 * @param unknown ids of those of whom it is not known
 * @param unchanged how many parts of the content all of the compared run as they are
 * @param steps the rest, the most harmful first, and of those what changes on many
 */
record Difference(int compared, List<String> unknown, int unchanged, List<Step> steps) {

    /** So many steps are told at most: each change has its share, and leaves to the others what it does not need of it. */
    static final int MOST = 200;

    /** So many of the unknown are named at most. */
    static final int MOST_NAMED = 20;

    /** Of whom nothing was heard for longer it is not known what it runs. */
    private static final Duration LATELY = Duration.ofDays(1);

    private static final Comparator<Step> ORDER = Comparator.comparing(Step::change)
            .thenComparing(Step::gateways, Comparator.reverseOrder())
            .thenComparing(Step::name)
            .thenComparing(Step::from)
            .thenComparing(Step::to);

    /** The most harmful first. Stable names: add, never rename. */
    enum Change {
        DOWN,
        /** The version stays, and the bytes are others, or the gateway could not read its own. */
        REPLACED,
        REMOVED,
        ADDED,
        UP
    }

    /** @param from,to versions; empty if it is added or removed */
    record Step(Change change, Kind kind, String name, String from, String to, int gateways) {

        Map<String, Object> json() {
            return new TreeMap<>(Map.of(
                    "change",
                    change.name(),
                    "kind",
                    kind.name(),
                    "name",
                    name,
                    "from",
                    from,
                    "to",
                    to,
                    "gateways",
                    (long) gateways));
        }
    }

    /** What a content changes on those that are assigned it. */
    static Difference of(AwaitedContent content, Map<String, Gateway> byDevice, Fleet fleet, Instant now)
            throws FleetException {
        Set<String> ids = content.devices().stream()
                .map(byDevice::get)
                .filter(Objects::nonNull)
                .map(Gateway::id)
                .collect(Collectors.toSet());
        Census census = fleet.census(ids, now.minus(LATELY));
        try {
            return of(ApprovedContent.read(JsonObject.parse(JsonText.bytes(content.document()))), census);
        } catch (MalformedJson | TrustException e) {
            throw new IllegalStateException("the console's own content cannot be read", e);
        }
    }

    static Difference of(ApprovedContent content, Census census) {
        Map<String, Assigned> bundles = new HashMap<>();
        Map<String, Assigned> slot = new HashMap<>();
        content.items().forEach(item -> (item.kind() == Kind.BUNDLE ? bundles : slot).put(item.symbolicName(), item));
        List<Step> steps = new ArrayList<>(steps(bundles, census.bundles(), Kind.BUNDLE, census.told()));
        steps.addAll(steps(slot, census.slot(), Kind.SLOT, census.told()));
        steps.sort(ORDER);
        Set<String> changed = new HashSet<>();
        steps.stream().filter(step -> !step.to().isEmpty()).forEach(step -> changed.add(step.kind() + step.name()));
        int unchanged = census.told() == 0 ? 0 : content.items().size() - changed.size();
        return new Difference(census.told(), census.unknown(), unchanged, List.copyOf(steps));
    }

    private static List<Step> steps(Map<String, Assigned> wanted, Census.Parts running, Kind other, int all) {
        List<Step> steps = new ArrayList<>();
        for (Census.Count count : running.counts()) {
            RunningBundle part = count.part();
            Assigned item = wanted.get(part.symbolicName());
            if (item == null) {
                steps.add(new Step(Change.REMOVED, other, part.symbolicName(), part.version(), "", count.gateways()));
            } else if (!item.version().equals(part.version()) || !item.sha256().equals(part.sha256())) {
                steps.add(new Step(
                        change(part.version(), item.version()),
                        item.kind(),
                        part.symbolicName(),
                        part.version(),
                        item.version(),
                        count.gateways()));
            }
        }
        for (Assigned item : wanted.values()) {
            int without = all - running.having().getOrDefault(item.symbolicName(), 0);
            if (without > 0) {
                steps.add(new Step(Change.ADDED, item.kind(), item.symbolicName(), "", item.version(), without));
            }
        }
        return steps;
    }

    private static Change change(String from, String to) {
        int compared = Version.parseVersion(to).compareTo(Version.parseVersion(from));
        return compared == 0 ? Change.REPLACED : compared < 0 ? Change.DOWN : Change.UP;
    }

    /**
     * Those that are told. One gateway that says it runs thousands of things hides no change of several others: within a change
     * what many run comes first, and no change takes the place of another.
     */
    List<Step> told() {
        Map<Change, List<Step>> left = steps.stream()
                .collect(Collectors.groupingBy(Step::change, () -> new EnumMap<>(Change.class), Collectors.toList()));
        List<List<Step>> fewestFirst =
                left.values().stream().sorted(Comparator.comparing(List::size)).toList();
        List<Step> told = new ArrayList<>();
        for (int i = 0; i < fewestFirst.size(); i++) {
            int share = (MOST - told.size()) / (fewestFirst.size() - i);
            fewestFirst.get(i).stream().limit(share).forEach(told::add);
        }
        told.sort(ORDER);
        return told;
    }

    Map<String, Object> json() {
        return new TreeMap<>(Map.of(
                "compared", (long) compared,
                "unchanged", (long) unchanged,
                "changes", told().stream().map(Step::json).toList(),
                "more", (long) Math.max(0, steps.size() - MOST),
                "unknown", (long) unknown.size(),
                "unknownGateways", unknown.stream().limit(MOST_NAMED).toList()));
    }
}
