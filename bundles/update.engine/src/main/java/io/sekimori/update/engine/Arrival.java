package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.update.UpdateCode;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The start of a generation on trial, seen from inside. Confined to the transition's thread. */
final class Arrival {

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final BundleContext context;
    private final RunningBundles bundles;
    private final Settling settling;

    Arrival(Surroundings around, RunningBundles bundles, Settling settling) {
        this.context = around.context();
        this.bundles = bundles;
        this.settling = settling;
    }

    /** Returns when every bundle of the generation was started and the changed ones are well. */
    void await(Transition transition) throws Stopped {
        transition.guarded("wait for the start", 0, 0);
        long start = System.nanoTime();
        while (system().getState() == Bundle.STARTING || levelsMissing(transition) > 0) {
            if (System.nanoTime() - start > transition.guard().limit().toNanos()) {
                throw new Stopped(UpdateCode.START_FAILED, "the start levels were not reached in time");
            }
            transition.cancellation().pause(LOOK_AGAIN_MILLIS);
        }
        for (GenerationBundle bundle : transition.to().bundles()) {
            Bundle running = bundles.require(bundle);
            if (!RunningBundles.isStarted(running)) {
                throw new Stopped(UpdateCode.START_FAILED, bundle.name() + " did not start");
            }
        }
        for (GenerationBundle bundle : transition.changes().onProbation()) {
            transition.guarded("wait for " + bundle.name(), 0, 0);
            settling.untilSatisfied(bundles.require(bundle), transition.cancellation());
            settling.untilWell(bundles.require(bundle), transition.cancellation());
        }
    }

    /** Whether the whole framework is going down, so that nothing can be swapped any more. */
    boolean frameworkStops() {
        int state = system().getState();
        return state == Bundle.STOPPING || state == Bundle.RESOLVED || state == Bundle.UNINSTALLED;
    }

    private int levelsMissing(Transition transition) {
        int highest = transition.to().bundles().stream()
                .mapToInt(GenerationBundle::startLevel)
                .max()
                .orElse(1);
        return highest - system().adapt(FrameworkStartLevel.class).getStartLevel();
    }

    private Bundle system() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    }
}
