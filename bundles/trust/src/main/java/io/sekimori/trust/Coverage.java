package io.sekimori.trust;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What is handed on with names, to be looked at before it is done.
 *
 * @param covered   how many of the releases there are have such names
 * @param releases  how many there are
 * @param gateway   whether the gateway's own software can have such a name: its bundles, {@code io.sekimori.*}, and whatever it
 *                  starts with, be it released yet or not
 * @param before    other roles that may have such names and are asked first: for those the new one is never asked
 * @param behind    other roles that may have such names and are asked no more for them
 */
public record Coverage(int covered, int releases, boolean gateway, List<String> before, List<String> behind) {

    private static final List<PathPattern> GATEWAY = paths(List.of("io.sekimori.*", "slot/*", "java/*"));

    public Coverage {
        before = List.copyOf(before);
        behind = List.copyOf(behind);
    }

    /** The paths of releases of these names. */
    static List<PathPattern> paths(List<String> names) {
        return List.copyOf(
                names.stream().map(name -> new PathPattern(name + "/*/*.jar")).toList());
    }

    static Coverage of(
            String role, List<PathPattern> paths, Collection<Release> releases, List<Delegation> delegations) {
        long covered = releases.stream()
                .filter(release -> paths.stream().anyMatch(path -> path.matches(release.path())))
                .count();
        List<String> before = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        List<String> others = before;
        for (Delegation delegation : delegations) {
            if (delegation.role().equals(role)) {
                others = behind; // it keeps its place
            } else if (!delegation.hashPrefixes().isEmpty() || meet(paths, delegation.paths())) {
                others.add(Refusal.harmless(delegation.role()));
            }
        }
        return new Coverage((int) covered, releases.size(), meet(paths, GATEWAY), before, behind);
    }

    private static boolean meet(List<PathPattern> some, List<PathPattern> others) {
        return some.stream().anyMatch(one -> others.stream().anyMatch(one::meets));
    }

    /** Whether somebody should look twice. */
    public boolean wide() {
        return gateway || !before.isEmpty() || !behind.isEmpty();
    }
}
