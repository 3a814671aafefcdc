package io.sekimori.launcher.main;

import java.util.Collection;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Lets only admitted revisions resolve. Other hooks can take more away, and none can give back. It never throws:
 * Felix would log that and go on without it.
 *
 * <p>A revision resolves because somebody asks for it, as a provider, or as a fragment. The latter two are kept out where
 * requirements are matched. Only for the first is {@link #filterResolvable} of use, and it is left alone otherwise: once
 * it takes anything away, Felix 7 offers no resolved bundle as a provider any more, so that one intruder, though it
 * never resolves, would keep every later bundle from resolving and every dynamic import from being wired.
 *
 * <p>Thread-safe.
 *
 * @param asked whether somebody asks for a revision that must not resolve
 */
record AdmissionHook(AdmittedRevisions revisions, boolean asked) implements ResolverHook {

    /** One hook for each resolution. */
    static ResolverHookFactory factory(AdmittedRevisions revisions) {
        return triggers -> new AdmissionHook(
                revisions,
                triggers.stream().anyMatch(trigger -> trigger.getWiring() == null && !revisions.mayResolve(trigger)));
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        if (asked) {
            candidates.removeIf(candidate -> !revisions.mayResolve(candidate));
        }
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
        // A withdrawn version must not keep its successor out, nor the other way round; nor an unknown one anybody.
        boolean alone = !revisions.mayResolve(singleton.getRevision());
        collisionCandidates.removeIf(candidate -> alone || !revisions.mayResolve(candidate.getRevision()));
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (!mayBeWired(requirement)) {
            candidates.clear();
            return;
        }
        candidates.removeIf(candidate -> !revisions.mayResolve(candidate.getRevision()));
    }

    // What is withdrawn and still runs may import dynamically. Felix offers every fragment to a host it resolves,
    // without
    // asking filterResolvable: one that must not resolve finds no host.
    private boolean mayBeWired(BundleRequirement requirement) {
        BundleRevision revision = requirement.getRevision();
        return revisions.mayResolve(revision)
                || revisions.isKnown(revision)
                        && revision.getWiring() != null
                        && !requirement.getNamespace().equals(HostNamespace.HOST_NAMESPACE);
    }

    @Override
    public void end() {
        // Nothing is kept between two resolutions.
    }
}
