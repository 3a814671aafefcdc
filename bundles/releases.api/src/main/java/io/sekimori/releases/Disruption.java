package io.sekimori.releases;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What is interrupted when releases come, by how their publishers declared them. Which others are wired anew besides, and what
 * was measured, only the gateway knows that plans it.
 *
 * @param restart whether the gateway restarts its process, so that everything is away for some seconds
 * @param replaced bundles that are stopped before their next version starts, each away for a moment, in order
 */
public record Disruption(boolean restart, List<String> replaced) {

    private static final String RESTART = "restart";
    private static final String REPLACE = "replace";

    public Disruption {
        replaced = List.copyOf(replaced);
    }

    /** Of what comes. */
    public static Disruption of(Collection<Release> coming) {
        TreeSet<String> replaced = new TreeSet<>();
        boolean restart = false;
        for (Release release : coming) {
            restart |= release.kind() != Release.Kind.BUNDLE || release.swap().equals(RESTART);
            if (release.kind() == Release.Kind.BUNDLE && release.swap().equals(REPLACE)) {
                replaced.add(release.symbolicName());
            }
        }
        return new Disruption(restart, List.copyOf(replaced));
    }

    /** Whether nobody notices. */
    public boolean none() {
        return !restart && replaced.isEmpty();
    }
}
