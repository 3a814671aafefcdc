package io.sekimori.launcher.main;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The revisions that may resolve. A revision is one state of a bundle's bytes: an update makes another one, so that
 * what is admitted is exactly what was verified.
 *
 * <p>Thread-safe without locks: the resolver asks while it holds the framework's.
 */
final class AdmittedRevisions {

    private final Map<BundleRevision, String> digests = new ConcurrentHashMap<>();
    private final Set<BundleRevision> withdrawn = ConcurrentHashMap.newKeySet();

    void admit(BundleRevision revision, String sha256) {
        digests.put(revision, sha256);
    }

    /** Forgets every revision of an uninstalled bundle: what was wired to it stays so until a refresh. */
    void forget(Bundle bundle) {
        digests.keySet().removeIf(revision -> revision.getBundle().equals(bundle));
        withdrawn.removeIf(revision -> revision.getBundle().equals(bundle));
    }

    void withdraw(Bundle bundle) {
        BundleRevision revision = current(bundle);
        if (revision != null && digests.containsKey(revision)) {
            withdrawn.add(revision);
        }
    }

    void restore(Bundle bundle) {
        BundleRevision revision = current(bundle);
        if (revision != null) {
            withdrawn.remove(revision);
        }
    }

    /** Whether it is the system bundle's, or made from verified bytes; withdrawn or not. */
    boolean isKnown(BundleRevision revision) {
        return isSystem(revision) || digests.containsKey(revision);
    }

    /** Whether it may resolve, and others may be wired to it. */
    boolean mayResolve(BundleRevision revision) {
        return isKnown(revision) && !withdrawn.contains(revision);
    }

    Optional<String> sha256(Bundle bundle) {
        BundleRevision revision = current(bundle);
        return revision == null ? Optional.empty() : Optional.ofNullable(digests.get(revision));
    }

    boolean mayResolve(Bundle bundle) {
        BundleRevision revision = current(bundle);
        return revision != null && mayResolve(revision);
    }

    private static boolean isSystem(BundleRevision revision) {
        return revision.getBundle().getBundleId() == 0;
    }

    private static @Nullable BundleRevision current(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }
}
