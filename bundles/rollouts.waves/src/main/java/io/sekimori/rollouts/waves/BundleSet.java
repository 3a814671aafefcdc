package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a gateway runs, by name, version and hash. Two sets are the same exactly if their digests are. Immutable.
 *
 * @param bundles no bundle twice
 * @param slot what it starts with: launcher, framework, Java runtime
 * @param java symbolic name of the Java runtime in the slot, where that was asked for; empty if there is none
 */
record BundleSet(Set<RunningBundle> bundles, Set<RunningBundle> slot, Optional<String> java) {

    BundleSet {
        bundles = Set.copyOf(bundles);
        slot = Set.copyOf(slot);
    }

    static BundleSet of(DeviceReport report) {
        return of(report, Optional.empty());
    }

    static BundleSet of(DeviceReport report, Optional<String> java) {
        return new BundleSet(Set.copyOf(report.bundles()), Set.copyOf(report.slot()), java);
    }

    /**
     * The set after {@code changes}.
     *
     * @param hashes of every version in {@code changes}
     */
    BundleSet with(List<BundleChange> changes, Map<BundleChange, String> hashes) {
        BundleSet next = this;
        for (BundleChange change : changes) {
            next = next.with(change, hashes.getOrDefault(change, ""));
        }
        return next;
    }

    private BundleSet with(BundleChange change, String sha256) {
        Optional<RunningBundle> made =
                change.version().map(version -> new RunningBundle(change.symbolicName(), version, sha256));
        return switch (change.kind()) {
            case BUNDLE -> new BundleSet(replaced(bundles, change.symbolicName(), made), slot, java);
            case SLOT -> new BundleSet(bundles, replaced(slot, change.symbolicName(), made), java);
            case JAVA ->
                new BundleSet(
                        bundles,
                        replaced(without(slot, java.filter(name -> made.isPresent())), change.symbolicName(), made),
                        made.map(RunningBundle::symbolicName));
        };
    }

    private static Set<RunningBundle> replaced(
            Set<RunningBundle> before, String symbolicName, Optional<RunningBundle> next) {
        Set<RunningBundle> after = without(before, Optional.of(symbolicName));
        next.ifPresent(after::add);
        return after;
    }

    private static Set<RunningBundle> without(Set<RunningBundle> before, Optional<String> symbolicName) {
        return before.stream()
                .filter(one -> !symbolicName.equals(Optional.of(one.symbolicName())))
                .collect(Collectors.toSet());
    }

    /** What would undo {@code changes} on this set, whose bundles have these start levels. */
    List<BundleChange> former(List<BundleChange> changes, ReportedLevels levels) {
        return changes.stream().map(change -> former(change, levels)).toList();
    }

    private BundleChange former(BundleChange change, ReportedLevels levels) {
        // A Java runtime took the place of another one, whatever that was called.
        String name = change.kind() == Kind.JAVA ? java.orElse(change.symbolicName()) : change.symbolicName();
        Optional<String> before = version(change.kind(), name);
        return new BundleChange(
                change.kind(), name, before, before.isPresent() ? levels.before(change) : OptionalInt.empty());
    }

    Optional<String> version(Kind kind, String symbolicName) {
        return (kind == Kind.BUNDLE ? bundles : slot)
                .stream()
                        .filter(one -> one.symbolicName().equals(symbolicName))
                        .map(RunningBundle::version)
                        .findFirst();
    }

    /** Whether it is the set with that digest. Earlier versions of this digested bundles alone. */
    boolean is(String digest) {
        return digest().equals(digest) || digest(Set.of()).equals(digest);
    }

    /** SHA-256 over the sorted lines, 64 lower-case hex digits. */
    String digest() {
        return digest(slot);
    }

    private String digest(Set<RunningBundle> startedWith) {
        TreeSet<String> lines = new TreeSet<>();
        bundles.forEach(one -> lines.add(line(one)));
        startedWith.forEach(one -> lines.add("slot/" + line(one)));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String line(RunningBundle one) {
        return one.symbolicName() + " " + one.version() + " " + one.sha256() + "\n";
    }
}
