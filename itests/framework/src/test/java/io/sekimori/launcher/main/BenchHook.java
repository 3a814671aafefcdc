package io.sekimori.launcher.main;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * The launcher's own hook, but for the residents: the bundles of the test container, which nobody signed. They may
 * resolve, and may use what the gateway offers; the gateway's bundles may not use them.
 */
record BenchHook(ResolverHook real, Residents residents) implements ResolverHook {

    /** The bundles that were there before the gateway, and the one with the tests, which comes last. Thread-safe. */
    static final class Residents {

        private static final String TESTS = "local";

        private final Set<BundleRevision> revisions = ConcurrentHashMap.newKeySet();

        void are(Bundle... bundles) {
            for (Bundle bundle : bundles) {
                revisions.add(bundle.adapt(BundleRevision.class));
            }
        }

        List<BundleRevision> without(Collection<BundleRevision> those) {
            return those.stream().filter(each -> !contain(each)).toList();
        }

        boolean contain(BundleRevision revision) {
            Bundle bundle = revision.getBundle();
            return bundle.getBundleId() != 0
                    && (revisions.contains(revision) || bundle.getLocation().equals(TESTS));
        }
    }

    /** The context as it is, except that the launcher's hook is registered with the exception for residents. */
    static BundleContext around(BundleContext context, Residents residents) {
        return (BundleContext) Proxy.newProxyInstance(
                BenchHook.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, arguments) -> {
                    Object[] passed = arguments;
                    if (method.getName().equals("registerService")
                            && arguments[1] instanceof ResolverHookFactory real) {
                        ResolverHookFactory lenient =
                                triggers -> new BenchHook(real.begin(residents.without(triggers)), residents);
                        passed = new Object[] {arguments[0], lenient, arguments[2]};
                    }
                    try {
                        return method.invoke(context, passed);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void filterResolvable(Collection<BundleRevision> candidates) {
        List<BundleRevision> left = new ArrayList<>(candidates);
        real.filterResolvable(left);
        candidates.removeIf(candidate -> !left.contains(candidate) && !residents.contain(candidate));
    }

    @Override
    public void filterSingletonCollisions(
            BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
        real.filterSingletonCollisions(singleton, collisionCandidates);
    }

    @Override
    public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        if (!residents.contain(requirement.getRevision())) {
            real.filterMatches(requirement, candidates);
        }
    }

    @Override
    public void end() {
        real.end();
    }
}
