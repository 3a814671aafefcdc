package io.sekimori.rollouts.waves;

import io.sekimori.fleet.RunningBundle;
import io.sekimori.rollouts.BundleChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of bundles by name, version and hash. Two sets are the same exactly if their digests are. Immutable.
 *
 * @param bundles no bundle twice
 */
record BundleSet(Set<RunningBundle> bundles) {

    BundleSet {
        bundles = Set.copyOf(bundles);
    }

    static BundleSet of(Collection<RunningBundle> bundles) {
        return new BundleSet(Set.copyOf(bundles));
    }

    /**
     * The set after {@code changes}.
     *
     * @param hashes of every version in {@code changes}
     */
    BundleSet with(List<BundleChange> changes, Map<BundleChange, String> hashes) {
        Set<String> touched = new TreeSet<>();
        List<RunningBundle> next = new ArrayList<>();
        for (BundleChange change : changes) {
            touched.add(change.symbolicName());
            change.version()
                    .ifPresent(version -> next.add(
                            new RunningBundle(change.symbolicName(), version, hashes.getOrDefault(change, ""))));
        }
        bundles.stream()
                .filter(bundle -> !touched.contains(bundle.symbolicName()))
                .forEach(next::add);
        return of(next);
    }

    /** What would undo {@code changes} on this set. */
    List<BundleChange> former(List<BundleChange> changes) {
        return changes.stream()
                .map(change -> new BundleChange(change.symbolicName(), version(change.symbolicName())))
                .toList();
    }

    Optional<String> version(String symbolicName) {
        return bundles.stream()
                .filter(bundle -> bundle.symbolicName().equals(symbolicName))
                .map(RunningBundle::version)
                .findFirst();
    }

    /** SHA-256 over the sorted lines, 64 lower-case hex digits. */
    String digest() {
        TreeSet<String> lines = new TreeSet<>();
        bundles.forEach(
                bundle -> lines.add(bundle.symbolicName() + " " + bundle.version() + " " + bundle.sha256() + "\n"));
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> sha256.update(line.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
