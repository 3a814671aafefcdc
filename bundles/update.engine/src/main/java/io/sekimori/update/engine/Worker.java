package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.update.Outcome;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/**
 * The engine's one thread: carries transitions out one after the other, brings each to its end on the disk, and records
 * in the audit what could not be recorded when it happened. Thread-safe.
 */
final class Worker {

    private static final long LATE_AUDIT_SECONDS = 30;
    private static final Duration SETTLING_STEP = Duration.ofHours(1);
    private static final long A_DAY_SECONDS = 86_400;

    private final Surroundings around;
    private final RunningBundles bundles;
    private final Present present;
    private final Recovery recovery;
    private final Reports reports;
    private final AuditDesk audit;
    private final News news;
    private final ReportTeller teller;
    private final Semaphore oneAtATime;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Optional<Transition> open = Optional.empty();
    private volatile Optional<TransitionReport> unfiled = Optional.empty();

    Worker(
            Surroundings around,
            RunningBundles bundles,
            Present present,
            Recovery recovery,
            Reports reports,
            AuditDesk audit,
            News news,
            ReportTeller teller,
            Semaphore oneAtATime,
            Logger log) {
        this.around = around;
        this.bundles = bundles;
        this.present = present;
        this.recovery = recovery;
        this.reports = reports;
        this.audit = audit;
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
        Recovery.Found found = recovery.look();
        if (found instanceof Recovery.Found.OnTrial trial && oneAtATime.tryAcquire()) {
            trial(trial.journal());
        } else if (found instanceof Recovery.Found.Over over && oneAtATime.tryAcquire()) {
            settle(over);
        } else if (found instanceof Recovery.Found.Damaged damaged) {
            log.error("The journal of a transition is damaged and is removed: {}", damaged.detail());
            closeJournal();
        } else if (found instanceof Recovery.Found.Unreadable unreadable) {
            log.error("What an earlier process left cannot be read, so nothing is begun: {}", unreadable.detail());
        }
        thread.scheduleWithFixedDelay(this::auditLate, LATE_AUDIT_SECONDS, LATE_AUDIT_SECONDS, TimeUnit.SECONDS);
        long step = SETTLING_STEP.toSeconds();
        thread.scheduleWithFixedDelay(this::giveUpFallback, step, step, TimeUnit.SECONDS);
        thread.scheduleWithFixedDelay(this::forgetIncoming, LATE_AUDIT_SECONDS, A_DAY_SECONDS, TimeUnit.SECONDS);
    }

    // An assignment that was given up leaves its downloads, and perhaps no transition ever follows.
    private void forgetIncoming() {
        try {
            new Tidy(around, bundles, present).forgetIncoming(Set.of());
        } catch (IOException e) {
            log.warn("Old downloads could not be removed: {}", e.getMessage());
        }
    }

    /** Writes the journal and starts; nothing was begun if this throws. */
    void start(Journal journal, Present.Now now, Offer offer, PlanDetails details) throws Stopped {
        Transition transition = transition(journal, now.generation());
        try {
            // What cannot be synced may be there all the same, and would keep everything after it from beginning.
            transition.record(journal);
            run(
                    transition,
                    run -> run.fresh(
                            offer, now, new Preparation.Wish(journal.to(), Optional.of(journal.origin()), details)));
        } catch (Stopped e) {
            closeJournal();
            throw e;
        }
    }

    /** Continues what the other version of the engine hands over, if the journal says so. */
    boolean takeOver(Journal journal) throws Stopped {
        Generation from = present.read(journal.from());
        Generation to = present.read(journal.to());
        Transition transition = transition(journal, from);
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

    /** Removes from the disk what nobody needs. */
    void collect() {
        new Tidy(around, bundles, present).collect().ifPresent(problem -> log.warn("{}", problem));
    }

    private Transition transition(Journal journal, Generation from) {
        TransitionLog lines =
                new TransitionLog(around.unit().transitions().resolve(journal.id() + ".log"), around.clock());
        Guard guard =
                new Guard(around.launcher().deadline(), around.policy().get().deadline());
        return new Transition(around.unit(), journal, from, news, lines, guard);
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
            Transition transition = transition(journal, from);
            transition.planned(to, new Planner(around.engine()).planRestart(from, to), Optional.empty());
            run(transition, Run::trial);
        } catch (Stopped e) {
            log.error("A generation on trial cannot be examined; its tries will be used up: {}", e.getMessage());
            oneAtATime.release();
        }
    }

    private void settle(Recovery.Found.Over over) {
        try {
            Transition transition =
                    transition(over.journal(), present.read(over.outcome().running()));
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
            TransitionReport report = new TransitionReport(
                    transition.id(),
                    transition.journal().from(),
                    transition.journal().to(),
                    transition.journal().assignment(),
                    transition.journal().origin(),
                    transition.journal().started(),
                    around.clock().instant(),
                    ended.outcome(),
                    transition.journal().stale(),
                    transition.journal().swaps());
            // Keys and audit are other bundles' code; one that hangs must not keep the transition open for good.
            transition.guarded("record the outcome", 0, 0);
            boolean filed = file(report, transition.written());
            transition.guard().disarm();
            collect();
            boolean confirmed = ended.outcome() instanceof Outcome.Confirmed;
            // Both before the journal: as long as that is there, the next start tells what became of it.
            if (filed) {
                closeAfter(report);
            } else {
                unfiled = Optional.of(report);
            }
            if (confirmed) {
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

    private boolean file(TransitionReport report, OptionalLong written) {
        boolean known = reports.of(report.id()).isPresent();
        try {
            if (!known) {
                reports.file(report, audit.ended(report, written, false));
            }
            return true;
        } catch (IOException e) {
            log.error("The report of transition {} could not be written: {}", report.id(), e.getMessage());
            return false;
        }
    }

    /** Files what the disk did not take when it ended; until then the journal keeps everything else from beginning. */
    synchronized void fileLate() {
        Optional<TransitionReport> report = unfiled;
        if (report.isPresent() && file(report.get(), OptionalLong.empty())) {
            unfiled = Optional.empty();
            closeAfter(report.get());
        }
    }

    private void closeAfter(TransitionReport filed) {
        if (!(filed.outcome() instanceof Outcome.Confirmed) || forgetDeferral()) {
            closeJournal();
        }
    }

    private boolean forgetDeferral() {
        try {
            around.deferral().forget();
            return true;
        } catch (IOException e) {
            log.warn("What was put off could not be forgotten; the next start tries again: {}", e.getMessage());
            return false;
        }
    }

    private void closeJournal() {
        try {
            recovery.close();
        } catch (IOException e) {
            log.error("The journal could not be removed; the next start reports again: {}", e.getMessage());
        }
    }

    private void auditLate() {
        fileLate();
        for (Reports.Filed filed : reports.recent()) {
            if (!filed.audited() && audit.ended(filed.report(), OptionalLong.empty(), true)) {
                try {
                    reports.file(filed.report(), true);
                } catch (IOException e) {
                    log.warn("A report could not be written again: {}", e.getMessage());
                }
            }
        }
    }

    // What runs while a transition is open is not settled yet.
    private void giveUpFallback() {
        if (!oneAtATime.tryAcquire()) {
            return;
        }
        try {
            Present.Now now = present.now();
            Confirmed confirmed = now.confirmed();
            if (now.generation().number() == confirmed.generation()) {
                Optional<Integer> given = new Settled(around.unit())
                        .count(confirmed, SETTLING_STEP, around.policy().get().settled());
                if (given.isPresent()) {
                    audit.settled(confirmed.generation(), given.get());
                    collect();
                }
            }
        } catch (Stopped | IOException e) {
            log.warn("Whether the fallback is still needed cannot be told: {}", e.getMessage());
        } finally {
            oneAtATime.release();
        }
    }
}
