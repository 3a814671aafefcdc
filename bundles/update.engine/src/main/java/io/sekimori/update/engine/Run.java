package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Trial;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.log.Logger;

/**
 * Carries one transition through its phases, from wherever this engine gets it, to an end. Whatever goes wrong before the
 * commit is taken back; nothing after it is. Confined to the transition's thread.
 */
final class Run {

    private final Surroundings around;
    private final Tools tools;
    private final Transition transition;
    private final GoingBack back;
    private final Logger log;

    Run(Surroundings around, Tools tools, Transition transition, Logger log) {
        this.around = around;
        this.tools = tools;
        this.transition = transition;
        this.back = new GoingBack(around, tools, transition, log);
        this.log = log;
    }

    /** The whole road, from what is offered. */
    Ending fresh(Offer offer, Present.Now now, Preparation.Wish wish) {
        try {
            prepare(offer, now, wish);
        } catch (Stopped e) {
            return refused(e.reason());
        } catch (RuntimeException e) { // the boundary of this thread
            return refused(broken(e));
        }
        return forward(this::swap);
    }

    /** The old version of the engine has handed over: it goes, and the rest is the same as ever. */
    Ending arrived() {
        return forward(() -> {
            Optional<Change> own = tools.handover().of(transition);
            if (own.isPresent()) {
                tools.handover().arrive(transition, own.get());
            }
            return confirm();
        });
    }

    /** The new version of the engine has handed back: everything is taken back. */
    Ending returned() {
        return back.revert(
                transition.journal().reason().orElse(Reason.of(UpdateCode.ENGINE_FAILED, "no reason was given")));
    }

    /** This process was started with the next generation on trial. */
    Ending trial() {
        return forward(() -> {
            transition.enter(Phase.PROBATION);
            tools.arrival().await(transition);
            Ending ending = confirm();
            back.endTrial();
            return ending;
        });
    }

    private void prepare(Offer offer, Present.Now now, Preparation.Wish wish) throws Stopped {
        transition.step("acceptance", 0, 0);
        Preparation.Prepared prepared = new Preparation(around, tools.consent())
                .prepare(offer, now, wish, transition.cancellation(), new Preparation.Course() {
                    @Override
                    public void enter(Phase phase) throws Stopped {
                        transition.enter(phase);
                    }

                    @Override
                    public void step(String what, long done, long total) throws Stopped {
                        transition.cancellation().check();
                        transition.step(what, done, total);
                    }

                    @Override
                    public void claimed(long version) {
                        transition.note(transition.journal().trying(version));
                    }

                    @Override
                    public void stale(Instant since) throws Stopped {
                        new AuditDesk(around.capabilities()).stale(transition.journal(), since);
                        transition.note(transition.journal().stale(since));
                    }
                });
        transition.planned(prepared.to(), prepared.changes(), prepared.cold());
        transition.guarded("note what is well and keep configurations", 0, 0);
        transition.note(transition
                .journal()
                .rewiring(prepared.rewiring().rewired())
                .wellBefore(tools.health().well()));
        Set<String> kept = new TreeSet<>(prepared.changes().touched());
        kept.addAll(ConfigurationKeeper.changed(now.generation(), prepared.to()));
        if (!kept.isEmpty()) {
            transition.note(transition.journal().keeping(tools.configurations().keep(kept)));
        }
        transition.guard().disarm();
    }

    private Ending swap() throws Stopped, InDoubt {
        if (transition.changes().restart()) {
            return restart();
        }
        transition.enter(Phase.SWAP);
        tools.road().forward(transition);
        Optional<Change> own = tools.handover().of(transition);
        if (own.isPresent()) {
            transition.enter(Phase.HANDOVER);
            tools.handover().forward(transition, own.get());
            return new Ending.HandedOver();
        }
        return confirm();
    }

    private Ending restart() throws Stopped {
        transition.enter(Phase.RESTART);
        transition.step("restart into generation " + transition.to().number() + " on trial", 0, 0);
        try {
            new Pointer(around.unit())
                    .record(new Trial(
                            transition.to().number(), around.policy().get().tries()));
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "the trial cannot be recorded", e);
        }
        around.launcher().restart().restart("generation " + transition.to().number() + " on trial");
        return new Ending.Restarting();
    }

    private Ending confirm() throws Stopped, InDoubt {
        transition.enter(Phase.PROBATION);
        List<GenerationBundle> watched = transition.changes().onProbation();
        tools.probation().pass(transition, watched);
        // The launcher that verifies has a limit of its own; what remains takes foreign listeners and a second
        // framework.
        transition.guard().step("confirmation", transition.guard().limit().multipliedBy(2));
        tools.commit().examine(transition);
        tools.commit().commit(transition);
        transition.note(transition.journal().in(Phase.CLEAN_UP));
        transition.step("generation " + transition.to().number() + " is confirmed", 0, 0);
        tools.tidy().uninstallOld(transition);
        transition.journal().snapshot().ifPresent(tools.configurations()::forget);
        transition.guard().disarm();
        return new Ending.Ended(new Outcome.Confirmed(transition.to().number()));
    }

    private interface Going {
        Ending go() throws Stopped, InDoubt;
    }

    private Ending forward(Going going) {
        try {
            return going.go();
        } catch (Stopped e) {
            return back.revert(e.reason());
        } catch (InDoubt e) {
            return back.leave(e);
        } catch (RuntimeException e) { // the boundary of this thread
            if (transition.journal().phase() != Phase.CLEAN_UP) {
                return back.revert(broken(e));
            }
            broken(e);
            transition.guard().disarm();
            return new Ending.Ended(new Outcome.Confirmed(transition.to().number()));
        }
    }

    private Ending refused(Reason reason) {
        transition.guard().disarm();
        transition.log().line("refused: " + reason.code() + " " + reason.detail());
        around.launcher().admission().dismiss(transition.journal().to());
        transition.journal().snapshot().ifPresent(tools.configurations()::forget);
        int running = transition.from().number();
        return new Ending.Ended(
                reason.code().equals(UpdateCode.CANCELLED.name())
                        ? new Outcome.Cancelled(running)
                        : new Outcome.Refused(running, reason));
    }

    private Reason broken(RuntimeException e) {
        log.error("A transition met a fault of the engine; report it with the log of the try", e);
        transition.log().line("fault: " + e);
        return Reason.of(UpdateCode.ENGINE_FAILED, e.toString());
    }
}
