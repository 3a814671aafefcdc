package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/**
 * The engine's one thread: carries transitions out one after the other and brings each to its end, from wherever this
 * engine gets it. Thread-safe.
 */
final class Worker {

    private static final long LATE_SECONDS = 30;
    private static final Duration SETTLING_STEP = Duration.ofHours(1);
    private static final long A_DAY_SECONDS = 86_400;

    private final Surroundings around;
    private final RunningBundles bundles;
    private final Present present;
    private final Recovery recovery;
    private final Filing filing;
    private final Upkeep upkeep;
    private final News news;
    private final ReportTeller teller;
    private final Semaphore oneAtATime;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Optional<Transition> open = Optional.empty();
    private volatile boolean unread = true;

    Worker(
            Surroundings around,
            RunningBundles bundles,
            Present present,
            Recovery recovery,
            Filing filing,
            Upkeep upkeep,
            News news,
            ReportTeller teller,
            Semaphore oneAtATime,
            Logger log) {
        this.around = around;
        this.bundles = bundles;
        this.present = present;
        this.recovery = recovery;
        this.filing = filing;
        this.upkeep = upkeep;
        this.news = news;
        this.teller = teller;
        this.oneAtATime = oneAtATime;
        this.log = log;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-update-1"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Optional<Transition> open() {
        return open;
    }

    /** Looks after what an earlier process left. */
    void begin() {
        lookBack();
        thread.scheduleWithFixedDelay(this::late, LATE_SECONDS, LATE_SECONDS, TimeUnit.SECONDS);
        long step = SETTLING_STEP.toSeconds();
        thread.scheduleWithFixedDelay(this::giveUpFallback, step, step, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(upkeep::forgetIncoming, LATE_SECONDS, A_DAY_SECONDS, TimeUnit.SECONDS);
    }

    private void lookBack() {
        Recovery.Found found = recovery.look();
        boolean goesOn = found instanceof Recovery.Found.OnTrial || found instanceof Recovery.Found.Over;
        if (goesOn && !oneAtATime.tryAcquire()) {
            return; // somebody plans, which takes its time; it is looked again
        }
        unread = found instanceof Recovery.Found.Unreadable;
        if (found instanceof Recovery.Found.OnTrial trial) {
            trial(trial.journal());
        } else if (found instanceof Recovery.Found.Over over) {
            settle(over);
        } else if (found instanceof Recovery.Found.Damaged damaged) {
            log.error("The journal of a transition is damaged and is removed: {}", damaged.detail());
            filing.forgetJournal();
        } else if (found instanceof Recovery.Found.Unreadable unreadable) {
            log.error("What an earlier process left cannot be read, so nothing is begun: {}", unreadable.detail());
        }
    }

    /** Writes the journal and starts; nothing was begun if this throws. */
    void start(Journal journal, Present.Now now, Offer offer, PlanDetails details) throws Stopped {
        Transition transition = Transition.open(around, journal, now.generation(), news);
        try {
            // What cannot be synced may be there all the same, and would keep everything after it from beginning.
            transition.record(journal);
            run(
                    transition,
                    run -> run.fresh(
                            offer, now, new Preparation.Wish(journal.to(), Optional.of(journal.origin()), details)));
        } catch (Stopped e) {
            filing.forgetJournal();
            throw e;
        }
    }

    /** Continues what the other version of the engine hands over, if the journal says so. */
    boolean takeOver(Journal journal) throws Stopped {
        Generation from = present.read(journal.from());
        Generation to = present.read(journal.to());
        Transition transition = Transition.open(around, journal, from, news);
        transition.planned(
                to,
                new Planner(around.engine()).plan(from, to, new Rewiring(journal.rewired(), Optional.empty())),
                Optional.empty());
        if (journal.phase() == Phase.HANDOVER) {
            run(transition, Run::arrived);
            return true;
        }
        if (journal.phase() == Phase.REVERT) {
            run(transition, Run::returned);
            return true;
        }
        return false;
    }

    /** Goes back if something is open, and ends. */
    void end() {
        open.ifPresent(transition ->
                transition.cancellation().request(Reason.of(UpdateCode.ENGINE_STOPPED, "the engine was stopped")));
        thread.shutdown();
        try {
            long seconds = around.policy().get().deadline().toSeconds();
            if (!thread.awaitTermination(seconds, TimeUnit.SECONDS)) {
                log.error("A transition did not end in time; the process is restarted where it was");
                around.launcher().restart().restart("the engine was stopped and could not go back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Transition transition, Function<Run, Ending> work) throws Stopped {
        open = Optional.of(transition);
        try {
            thread.execute(() -> toItsEnd(transition, () -> carryOut(transition, work)));
        } catch (RejectedExecutionException e) {
            open = Optional.empty();
            throw new Stopped(UpdateCode.ENGINE_STOPPED, "this engine was stopped", e);
        }
    }

    private Ending carryOut(Transition transition, Function<Run, Ending> work) {
        try (Tools tools = Tools.make(around, bundles, transition.log())) {
            return work.apply(new Run(around, tools, transition, log));
        }
    }

    private void trial(Journal journal) {
        try {
            Generation from = present.read(journal.from());
            Generation to = present.read(journal.to());
            Transition transition = Transition.open(around, journal, from, news);
            transition.planned(to, new Planner(around.engine()).planRestart(from, to), Optional.empty());
            run(transition, Run::trial);
        } catch (Stopped e) {
            log.error("A generation on trial cannot be examined; its tries will be used up: {}", e.getMessage());
            oneAtATime.release();
        }
    }

    private void settle(Recovery.Found.Over over) {
        try {
            Transition transition = Transition.open(
                    around, over.journal(), present.read(over.outcome().running()), news);
            open = Optional.of(transition);
            thread.execute(() -> toItsEnd(transition, () -> {
                new Aftermath(around).settle(transition, over.outcome());
                return new Ending.Ended(over.outcome());
            }));
        } catch (Stopped e) {
            log.error("The end of a transition cannot be settled: {}", e.getMessage());
            oneAtATime.release();
        }
    }

    private void toItsEnd(Transition transition, Supplier<Ending> work) {
        try {
            finish(transition, work.get());
        } catch (RuntimeException | Error e) { // the boundary of this thread; errors come with classes that have gone
            // Whatever has happened, a start is the state that is verified; its recovery tells the rest.
            log.error("A transition could not be brought to its end; the process is restarted", e);
            around.launcher().restart().restart("the engine met a fault of its own");
        }
    }

    private void finish(Transition transition, Ending ending) {
        if (ending instanceof Ending.Ended ended) {
            TransitionReport report = transition.journal().report(around.clock().instant(), ended.outcome());
            // Keys and audit are other bundles' code; one that hangs must not keep the transition open for good.
            transition.guarded("record the outcome", 0, 0);
            boolean filed = filing.file(report, transition.written());
            transition.guard().disarm();
            upkeep.collect();
            // Both before the journal: as long as that is there, the next start tells what became of it.
            filing.close(report, filed);
            if (ended.outcome() instanceof Outcome.Confirmed) {
                transition.log().drop();
            }
            open = Optional.empty();
            oneAtATime.release();
            news.ended(report);
            teller.changed();
        } else {
            open = Optional.empty();
            news.handedOver(transition.id());
        }
    }

    // What a disk or an audit did not do when it was asked to.
    private void late() {
        if (unread) {
            lookBack();
        }
        filing.fileLate();
        filing.auditLate();
    }

    // What runs while a transition is open is not settled yet.
    private void giveUpFallback() {
        if (oneAtATime.tryAcquire()) {
            try {
                upkeep.giveUpFallback(SETTLING_STEP);
            } finally {
                oneAtATime.release();
            }
        }
    }
}
