package io.sekimori.launcher.main;

import java.util.Collection;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Lets only admitted revisions resolve. Other hooks can take more away, and none can give back. It never throws:
 * Felix would log that and go on without it.
 *
 * <p>Thread-safe.
 */
record AdmissionHook(AdmittedRevisions revisions) implements ResolverHookFactory, ResolverHook {

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return this;
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        candidates.removeIf(candidate -> !revisions.mayResolve(candidate));
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
        // A withdrawn version must not keep its successor out, nor the other way round.
        collisionCandidates.removeIf(candidate -> revisions.isWithdrawn(candidate.getRevision())
                || revisions.isWithdrawn(singleton.getRevision())
                || !revisions.isKnown(candidate.getRevision()));
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        // Felix offers every fragment to a host it resolves, without asking filterResolvable: an unknown fragment
        // must find no host.
        if (!revisions.isKnown(requirement.getRevision())) {
            candidates.clear();
            return;
        }
        candidates.removeIf(candidate -> !revisions.mayResolve(candidate.getRevision()));
    }

    @Override
    public void end() {
        // Nothing is kept between two resolutions.
    }
}
