package io.sekimori.rollouts.waves;

import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.Release;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of the releases while a batch is composed, each once. Confined to one thread. */
final class Lookup {

    private final Releases releases;
    private final Map<BundleChange, String> hashes = new HashMap<>();
    private final Map<RunningBundle, Boolean> runtimes = new HashMap<>();

    Lookup(Releases releases) {
        this.releases = releases;
    }

    static Optional<Release> release(Releases releases, BundleChange change, String version) throws ReleasesException {
        return releases.release(kind(change), change.symbolicName(), version);
    }

    static Release.Kind kind(BundleChange change) {
        return Release.Kind.valueOf(change.kind().name());
    }

    /** The first of {@code changes} whose version is not released; notes the hashes of the others. */
    Optional<BundleChange> unknown(List<BundleChange> changes) throws ReleasesException {
        for (BundleChange change : changes) {
            if (change.version().isPresent() && !hashes.containsKey(change)) {
                Optional<Release> release =
                        release(releases, change, change.version().get());
                if (release.isEmpty()) {
                    return Optional.of(change);
                }
                hashes.put(change, release.get().sha256());
            }
        }
        return Optional.empty();
    }

    /** Of every version that was found. */
    Map<BundleChange, String> hashes() {
        return hashes;
    }

    /** Symbolic name of the Java runtime among what a gateway starts with, if {@code changes} concern it. */
    Optional<String> java(List<RunningBundle> slot, List<BundleChange> changes) throws ReleasesException {
        if (changes.stream().anyMatch(change -> change.kind() == Kind.JAVA)) {
            for (RunningBundle one : slot) {
                if (isRuntime(one)) {
                    return Optional.of(one.symbolicName());
                }
            }
        }
        return Optional.empty();
    }

    private boolean isRuntime(RunningBundle one) throws ReleasesException {
        Boolean known = runtimes.get(one);
        if (known == null) {
            known = releases.release(Release.Kind.JAVA, one.symbolicName(), one.version())
                    .filter(release -> release.sha256().equals(one.sha256()))
                    .isPresent();
            runtimes.put(one, known);
        }
        return known;
    }
}
