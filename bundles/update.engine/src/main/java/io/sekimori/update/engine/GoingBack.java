package io.sekimori.update.engine;

import io.sekimori.generation.Pointer;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.osgi.service.log.Logger;

/**
 * How a transition that will not be committed ends: what ran before runs again, in this process if that can be, else by a start. It
 * waits for no disk. Confined to the transition's thread.
 */
final class GoingBack {

    private final Surroundings around;
    private final Tools tools;
    private final Transition transition;
    private final Logger log;

    GoingBack(Surroundings around, Tools tools, Transition transition, Logger log) {
        this.around = around;
        this.tools = tools;
        this.transition = transition;
        this.log = log;
    }

    /** Takes everything back, here or by a start. */
    Ending revert(Reason reason) {
        if (tools.arrival().frameworkStops()) {
            transition.guard().disarm();
            return new Ending.Left();
        }
        noteRevert(reason);
        if (around.launcher().running().number() == transition.to().number()) {
            return backByRestart("generation " + transition.to().number() + " is given up: " + reason.code());
        }
        Optional<Change> own = tools.handover().of(transition);
        if (own.isPresent() && tools.handover().isMe(own.get().after())) {
            try {
                tools.handover().back(transition, own.get());
                return new Ending.HandedOver();
            } catch (Stopped e) {
                transition.log().line("not handed back: " + e.getMessage());
                return backByRestart("the old engine did not take the transition back");
            }
        }
        List<String> failures = tools.wayBack().backward(transition);
        transition.guard().disarm();
        if (!failures.isEmpty()) {
            return backByRestart("what ran before could not be brought back: " + failures.get(0));
        }
        endTrial();
        transition.journal().snapshot().ifPresent(tools.configurations()::forget);
        return new Ending.Ended(reverted(transition.from().number(), reason));
    }

    // Both generations are there whole; which one is confirmed is for the next start to find, and to tell.
    Ending leave(InDoubt doubt) {
        log.error("The process is restarted: {}", doubt.getMessage());
        try {
            transition.record(transition.journal().because(doubt.reason()));
        } catch (Stopped e) {
            transition.log().line("not noted: " + e.getMessage());
        }
        transition.guard().disarm();
        around.launcher().restart().restart(doubt.getMessage());
        return new Ending.Restarting();
    }

    // The journal is for the report alone; a disk that refuses it must not keep anything from being taken back.
    private void noteRevert(Reason reason) {
        Journal next = transition.journal().because(reason).in(Phase.REVERT);
        try {
            transition.record(next);
        } catch (Stopped e) {
            transition.note(next);
        }
        transition.step("going back: " + reason.code() + " " + reason.detail(), 0, 0);
    }

    // Without the trial the launcher starts the confirmed generation, which is the one before.
    private Ending backByRestart(String why) {
        transition.log().line(why);
        endTrial();
        transition.guard().disarm();
        around.launcher().restart().restart(why);
        return new Ending.Restarting();
    }

    /** Nothing is on trial any more. */
    void endTrial() {
        try {
            new Pointer(around.unit()).endTrial();
        } catch (IOException e) {
            log.warn("The trial could not be ended; its tries will be used up: {}", e.getMessage());
        }
    }

    static Outcome reverted(int running, Reason reason) {
        return reason.code().equals(UpdateCode.CANCELLED.name())
                ? new Outcome.Cancelled(running)
                : new Outcome.Reverted(running, reason);
    }
}
