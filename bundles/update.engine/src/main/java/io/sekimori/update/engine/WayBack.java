package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.Admission;
import io.sekimori.update.PlannedBundle.Action;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Takes a transition back, from whatever point it has reached: looks at what is there and makes it what it was, in the
 * reverse order. Going back twice does no harm. Waits for no audit, network or disk. Confined to the transition's thread.
 */
final class WayBack {

    private final BundleContext context;
    private final Admission admission;
    private final RunningBundles bundles;
    private final ConfigurationKeeper configurations;

    WayBack(Surroundings around, RunningBundles bundles, ConfigurationKeeper configurations) {
        this.context = around.context();
        this.admission = around.launcher().admission();
        this.bundles = bundles;
        this.configurations = configurations;
    }

    /**
     * Goes back.
     *
     * @return what could not be made as it was; if not empty only a new process brings the old generation back whole
     */
    List<String> backward(Transition transition) {
        List<String> failures = new ArrayList<>();
        boolean restored = restored(transition, new ArrayList<>());
        List<Change> changes = transition.changes().all();
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            if (change.touches()) {
                transition.guarded("take back " + change.symbolicName(), changes.size() - 1L - i, changes.size());
                takeBack(transition, change, failures);
            }
        }
        rewire(transition, failures);
        if (!restored) {
            // The config service itself may have been what failed; now the old one is back.
            restored(transition, failures);
        }
        admission.dismiss(transition.journal().to());
        return failures;
    }

    private void takeBack(Transition transition, Change change, List<String> failures) {
        Optional<Bundle> young = change.after().flatMap(bundles::find);
        switch (change.action()) {
            case OVERLAP -> {
                List<ServiceReference<?>> held = revive(transition, change.before(), failures);
                remove(transition, young);
                Components.release(held, context);
            }
            case ADD -> remove(transition, young);
            case REPLACE, REMOVE -> {
                remove(transition, change.before().equals(change.after()) ? Optional.empty() : young);
                Components.release(revive(transition, change.before(), failures), context);
            }
            case KEEP, REWIRE, RESTART -> transition.log().line(change.symbolicName() + " was not swapped");
        }
    }

    private List<ServiceReference<?>> revive(
            Transition transition, Optional<GenerationBundle> before, List<String> failures) {
        GenerationBundle wanted = before.orElseThrow();
        try {
            Bundle old = bundles.require(wanted);
            admission.restore(old);
            if (!RunningBundles.isStarted(old)) {
                bundles.start(old);
            }
            return Components.activate(old, context);
        } catch (Stopped e) {
            transition.log().line("not revived: " + wanted.name() + ": " + e.getMessage());
            failures.add(e.getMessage());
            return new ArrayList<>();
        }
    }

    // A bundle whose stop throws is stopped all the same; it goes, whatever it says.
    private void remove(Transition transition, Optional<Bundle> young) {
        if (young.isEmpty()) {
            return;
        }
        try {
            bundles.stop(young.get());
        } catch (Stopped e) {
            transition.log().line("while stopping: " + e.getMessage());
        }
        try {
            bundles.uninstall(young.get());
        } catch (Stopped e) {
            transition.log().line("while uninstalling: " + e.getMessage());
        }
    }

    private void rewire(Transition transition, List<String> failures) {
        Set<Bundle> anew = new LinkedHashSet<>(bundles.pendingRemoval());
        transition.changes().with(Action.REWIRE).stream()
                .flatMap(change -> change.before().flatMap(bundles::find).stream())
                .forEach(anew::add);
        if (anew.isEmpty()) {
            return;
        }
        transition.guarded("wire " + anew.size() + " bundles as before", 0, 0);
        try {
            bundles.refresh(anew, transition.guard().limit().toMillis());
            for (Change change : transition.changes().with(Action.REWIRE)) {
                Bundle bundle = bundles.require(change.before().orElseThrow());
                if (!RunningBundles.isStarted(bundle)) {
                    bundles.start(bundle);
                }
            }
        } catch (Stopped e) {
            failures.add(e.getMessage());
        }
    }

    private boolean restored(Transition transition, List<String> failures) {
        Optional<Journal.Kept> kept = transition.journal().snapshot();
        if (kept.isEmpty()) {
            return true;
        }
        transition.guarded("configurations as before", 0, 0);
        try {
            configurations.restore(kept.get(), transition.id());
            return true;
        } catch (Stopped e) {
            transition.log().line("configurations not restored yet: " + e.getMessage());
            failures.add(e.getMessage());
            return false;
        }
    }
}
