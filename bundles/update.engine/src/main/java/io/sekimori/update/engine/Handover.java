package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.Admission;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.Successor;
import io.sekimori.update.TransitionReport.Swapped;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The swap of the engine itself. The version that runs starts the other one beside it and hands the transition over by
 * the journal; the other one stops it and goes on. The way back is the same with the parts exchanged. The launcher's
 * deadline stays armed in between. Confined to the transition's thread.
 */
final class Handover {

    private final BundleContext context;
    private final Admission admission;
    private final RunningBundles bundles;
    private final Settling settling;
    private final String engine;

    Handover(Surroundings around, RunningBundles bundles, Settling settling) {
        this.context = around.context();
        this.admission = around.launcher().admission();
        this.engine = around.engine();
        this.bundles = bundles;
        this.settling = settling;
    }

    /** The swap of the engine, if it is part of the transition. */
    Optional<Change> of(Transition transition) {
        return transition.changes().of(engine).filter(change -> change.action() == Action.OVERLAP);
    }

    /** Old version: starts the new one and gives it the transition. From then on this version does nothing more. */
    void forward(Transition transition, Change change) throws Stopped {
        Bundle next = bundles.require(change.after().orElseThrow());
        transition.guarded("start the new engine", 0, 1);
        bundles.start(next);
        settling.untilSatisfied(next, transition.cancellation());
        settling.untilWell(next, transition.cancellation());
        give(transition, next);
    }

    /** New version: the old one goes. */
    void arrive(Transition transition, Change change) throws Stopped {
        long start = System.nanoTime();
        transition.guarded("stop the old engine", 0, 1);
        bundles.stop(bundles.require(change.before().orElseThrow()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        transition.note(transition.journal().swapped(new Swapped(engine, Action.OVERLAP, Duration.ZERO, took)));
    }

    /** New version: starts the old one again and gives the transition back to be reverted. */
    void back(Transition transition, Change change) throws Stopped {
        GenerationBundle before = change.before().orElseThrow();
        Bundle old = bundles.require(before);
        transition.guarded("start the old engine", 0, 1);
        admission.restore(old);
        bundles.start(old);
        give(transition, old);
    }

    /** Whether the engine that runs this code is the one a generation names. */
    boolean isMe(Optional<GenerationBundle> bundle) {
        return bundle.flatMap(bundles::find).filter(context.getBundle()::equals).isPresent();
    }

    private void give(Transition transition, Bundle other) throws Stopped {
        for (ServiceReference<Successor> reference : successors()) {
            if (other.equals(reference.getBundle())) {
                Successor successor = context.getService(reference);
                transition.guarded("hand the transition over", 0, 1);
                if (successor != null && successor.takeOver(transition.id())) {
                    return;
                }
            }
        }
        throw new Stopped(UpdateCode.HANDOVER_FAILED, other.getSymbolicName() + "/" + other.getVersion());
    }

    private Collection<ServiceReference<Successor>> successors() {
        try {
            return context.getServiceReferences(Successor.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter has no syntax", e);
        }
    }
}
