package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.Admission;
import io.sekimori.update.UpdateCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of generations as they are in the framework, known by the hash of their bytes. Thread-safe. */
final class RunningBundles {

    private final BundleContext context;
    private final Admission admission;

    RunningBundles(BundleContext context, Admission admission) {
        this.context = context;
        this.admission = admission;
    }

    /** The installed bundle with these bytes, withdrawn or not. */
    Optional<Bundle> find(GenerationBundle wanted) {
        return Arrays.stream(context.getBundles())
                .filter(bundle ->
                        admission.sha256(bundle).filter(wanted.sha256()::equals).isPresent())
                .findFirst();
    }

    /** As {@link #find}, of one that must be there. */
    Bundle require(GenerationBundle wanted) throws Stopped {
        return find(wanted)
                .orElseThrow(() -> new Stopped(UpdateCode.RUNNING_DIFFERS, wanted.name() + " is not installed"));
    }

    /** Whether exactly the bundles of this generation run, apart from those that nobody admitted. */
    boolean runs(Generation generation) {
        Set<String> wanted =
                generation.bundles().stream().map(GenerationBundle::sha256).collect(Collectors.toSet());
        Set<String> there = Arrays.stream(context.getBundles())
                .filter(admission::admitted)
                .flatMap(bundle -> admission.sha256(bundle).stream())
                .collect(Collectors.toSet());
        return wanted.equals(there);
    }

    Bundle install(GenerationBundle bundle) throws Stopped {
        try {
            return admission.install(bundle.sha256(), bundle.startLevel());
        } catch (BundleException | IllegalStateException e) {
            throw new Stopped(UpdateCode.INSTALL_FAILED, bundle.name(), e);
        }
    }

    /** Resolves all of them together. */
    void resolve(Collection<Bundle> bundles) throws Stopped {
        if (!bundles.isEmpty() && !wiring().resolveBundles(bundles)) {
            String left = bundles.stream()
                    .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                    .map(Bundle::getSymbolicName)
                    .collect(Collectors.joining(", "));
            throw new Stopped(UpdateCode.UNRESOLVABLE_HOT, "not resolved: " + left);
        }
    }

    void start(Bundle bundle) throws Stopped {
        if (isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException | IllegalStateException e) {
            throw new Stopped(UpdateCode.START_FAILED, bundle.getSymbolicName(), cause(e));
        }
        if (!isStarted(bundle)) {
            throw new Stopped(UpdateCode.START_FAILED, bundle.getSymbolicName() + " is not active after its start");
        }
    }

    void stop(Bundle bundle) throws Stopped {
        if (isFragment(bundle)) {
            return;
        }
        try {
            bundle.stop();
        } catch (BundleException | IllegalStateException e) {
            throw new Stopped(UpdateCode.STOP_FAILED, bundle.getSymbolicName(), cause(e));
        }
    }

    void uninstall(Bundle bundle) throws Stopped {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            throw new Stopped(UpdateCode.STOP_FAILED, "uninstalling " + bundle.getSymbolicName(), cause(e));
        }
    }

    /** Raises the framework's start level if bundles need a higher one; below theirs they would not start. */
    void reach(int startLevel, long waitMillis) throws Stopped {
        FrameworkStartLevel levels =
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkStartLevel.class);
        if (levels.getStartLevel() >= startLevel) {
            return;
        }
        CountDownLatch reached = new CountDownLatch(1);
        levels.setStartLevel(startLevel, event -> reached.countDown());
        await(reached, waitMillis, "start level " + startLevel + " was not reached in time");
    }

    /** Resolves these anew, with all that are wired to them, and waits until those that ran run again. */
    void refresh(Collection<Bundle> bundles, long waitMillis) throws Stopped {
        CountDownLatch refreshed = new CountDownLatch(1);
        wiring().refreshBundles(bundles, event -> refreshed.countDown());
        await(refreshed, waitMillis, "bundles were not resolved anew in time");
    }

    private static void await(CountDownLatch latch, long waitMillis, String otherwise) throws Stopped {
        try {
            if (!latch.await(waitMillis, TimeUnit.MILLISECONDS)) {
                throw new Stopped(UpdateCode.START_FAILED, otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(UpdateCode.ENGINE_STOPPED, "the engine's thread was interrupted", e);
        }
    }

    /** Bundles that would go on using classes of this one after it is uninstalled, dynamic imports included. */
    static List<Bundle> users(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        return wiring == null
                ? List.of()
                : wiring.getProvidedWires(null).stream()
                        .map(wire -> wire.getRequirer().getBundle())
                        .filter(user -> !user.equals(bundle))
                        .distinct()
                        .toList();
    }

    /** Bundles that were uninstalled and whose classes are still used. */
    List<Bundle> pendingRemoval() {
        return List.copyOf(wiring().getRemovalPendingBundles());
    }

    static boolean isStarted(Bundle bundle) {
        boolean lazy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return isFragment(bundle) || bundle.getState() == Bundle.ACTIVE || lazy && bundle.getState() == Bundle.STARTING;
    }

    private static boolean isFragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    // The framework wraps what an activator throws; that is what the publisher has to see.
    private static Throwable cause(Exception e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private FrameworkWiring wiring() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
    }
}
