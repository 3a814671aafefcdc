package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.Admission;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.TransitionReport.Swapped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The swap itself: from the bundles of one generation to those of the next in the running framework. Every old bundle
 * stays installed, stopped and hidden from resolution, until the commit. Confined to the transition's thread.
 *
 * <p>The engine's own bundle is prepared here like any other and swapped by {@link Handover}.
 */
final class Road {

    private final BundleContext context;
    private final Admission admission;
    private final RunningBundles bundles;
    private final ConfigurationKeeper configurations;
    private final Settling settling;
    private final ErrorWatch errors;
    private final String engine;

    Road(
            Surroundings around,
            RunningBundles bundles,
            ConfigurationKeeper configurations,
            Settling settling,
            ErrorWatch errors) {
        this.context = around.context();
        this.admission = around.launcher().admission();
        this.engine = around.engine();
        this.bundles = bundles;
        this.configurations = configurations;
        this.settling = settling;
        this.errors = errors;
    }

    /** Goes forward; whatever was done when this throws is taken back by {@link WayBack}. */
    void forward(Transition transition) throws Stopped {
        Changes changes = transition.changes();
        install(transition);
        if (!ConfigurationKeeper.changed(transition.from(), transition.to()).isEmpty()) {
            transition.guarded("configurations of generation " + transition.to().number(), 0, 0);
            configurations.apply(transition.to());
        }
        List<Change> steps = changes.all().stream()
                .filter(change -> change.touches() && !change.symbolicName().equals(engine))
                .toList();
        boolean wired = false;
        for (int i = 0; i < steps.size(); i++) {
            Change change = steps.get(i);
            transition.cancellation().check();
            if (change.action() == Action.REWIRE) {
                if (!wired) {
                    rewire(transition, i, steps.size());
                }
                wired = true;
            } else {
                swap(transition, change, i, steps.size());
            }
        }
    }

    // All at once and before anything starts: the new bundles resolve among themselves and those that stay, and not
    // one of them gets a wire to what is going away.
    private void install(Transition transition) throws Stopped {
        List<Bundle> coming = new ArrayList<>();
        List<GenerationBundle> wanted = transition.changes().coming();
        for (GenerationBundle bundle : wanted) {
            transition.guarded("install " + bundle.name(), coming.size(), wanted.size());
            Bundle installed = bundles.install(bundle);
            errors.watch(installed);
            coming.add(installed);
        }
        List<Bundle> going = new ArrayList<>();
        for (GenerationBundle bundle : transition.changes().going()) {
            going.add(bundles.require(bundle));
        }
        going.forEach(admission::withdraw);
        transition.guarded("resolve " + coming.size() + " bundles", 0, 0);
        bundles.resolve(coming);
        int highest =
                wanted.stream().mapToInt(GenerationBundle::startLevel).max().orElse(1);
        bundles.reach(highest, transition.guard().limit().toMillis());
    }

    private void swap(Transition transition, Change change, int done, int total) throws Stopped {
        long start = System.nanoTime();
        String name = change.action().name().toLowerCase(Locale.ROOT) + " " + change.symbolicName();
        transition.guarded(name, done, total);
        Duration gap = Duration.ZERO;
        switch (change.action()) {
            case ADD -> begin(transition, change.after(), true);
            case OVERLAP -> {
                List<ServiceReference<?>> held = begin(transition, change.after(), true);
                try {
                    transition.guarded("stop the old " + change.symbolicName(), done, total);
                    bundles.stop(bundles.require(change.before().orElseThrow()));
                } finally {
                    Components.release(held, context);
                }
            }
            case REPLACE -> {
                long away = System.nanoTime();
                bundles.stop(bundles.require(change.before().orElseThrow()));
                List<ServiceReference<?>> held = begin(transition, change.after(), false);
                gap = Duration.ofNanos(System.nanoTime() - away);
                Components.release(held, context);
                settling.untilWell(bundles.require(change.after().orElseThrow()), transition.cancellation());
            }
            case REMOVE -> bundles.stop(bundles.require(change.before().orElseThrow()));
            case KEEP, REWIRE, RESTART -> throw new IllegalStateException(change.action() + " is no swap");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        transition.note(transition.journal().swapped(new Swapped(change.symbolicName(), change.action(), gap, took)));
        transition.step(name + " took " + took.toMillis() + " ms, gap " + gap.toMillis() + " ms", done + 1, total);
    }

    /** Starts a new bundle and holds its services, activated, until the caller releases them. */
    private List<ServiceReference<?>> begin(Transition transition, Optional<GenerationBundle> after, boolean checked)
            throws Stopped {
        Bundle bundle = bundles.require(after.orElseThrow());
        bundles.start(bundle);
        settling.untilSatisfied(bundle, transition.cancellation());
        List<ServiceReference<?>> held = Components.activate(bundle, context);
        boolean well = false;
        try {
            settling.untilSatisfied(bundle, transition.cancellation());
            if (checked) {
                settling.untilWell(bundle, transition.cancellation());
            }
            well = true;
            return held;
        } finally {
            if (!well) {
                Components.release(held, context);
            }
        }
    }

    private void rewire(Transition transition, int done, int total) throws Stopped {
        List<Bundle> anew = new ArrayList<>();
        for (Change change : transition.changes().with(Action.REWIRE)) {
            anew.add(bundles.require(change.after().orElseThrow()));
        }
        transition.guarded("wire " + anew.size() + " bundles anew", done, total);
        bundles.refresh(anew, transition.guard().limit().toMillis());
        for (Bundle bundle : anew) {
            errors.watch(bundle);
            if (!RunningBundles.isStarted(bundle)) {
                bundles.start(bundle);
            }
            settling.untilSatisfied(bundle, transition.cancellation());
        }
    }
}
