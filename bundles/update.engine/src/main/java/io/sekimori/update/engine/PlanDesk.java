package io.sekimori.update.engine;

import io.sekimori.update.Plan;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.osgi.service.log.Logger;

/** Says what an update would change, and begins none. Thread-safe. */
final class PlanDesk {

    private final Surroundings around;
    private final Consent consent;
    private final Preconditions preconditions;
    private final Reports reports;
    private final Upkeep upkeep;
    private final Semaphore oneAtATime;
    private final Logger log;
    private volatile Cancellation planning = new Cancellation();

    PlanDesk(
            Surroundings around,
            Consent consent,
            Preconditions preconditions,
            Reports reports,
            Upkeep upkeep,
            Semaphore oneAtATime,
            Logger log) {
        this.around = around;
        this.consent = consent;
        this.preconditions = preconditions;
        this.reports = reports;
        this.upkeep = upkeep;
        this.oneAtATime = oneAtATime;
        this.log = log;
    }

    /** Ends what is being planned. */
    void close() {
        planning.request(Reason.of(UpdateCode.ENGINE_STOPPED, "the engine was stopped"));
    }

    /** Prepares a transition as far as its first step, then lets go of what that took. */
    PlanAnswer plan(Offer offer) {
        if (!oneAtATime.tryAcquire()) {
            return new PlanAnswer.Refused(Reason.of(UpdateCode.TRANSITION_OPEN, "a transition is open"));
        }
        int number = 0;
        try {
            Present.Now now = preconditions.admit();
            number = preconditions.nextNumber(now);
            Preparation.Wish wish = new Preparation.Wish(number, Optional.empty(), new PlanDetails(reports.newest()));
            planning = new Cancellation();
            Preparation.Prepared prepared =
                    new Preparation(around, consent).prepare(offer, now, wish, planning, new PlanCourse(log));
            return new PlanAnswer.Planned(prepared.plan());
        } catch (Stopped e) {
            return new PlanAnswer.Refused(e.reason());
        } finally {
            if (number > 0) {
                around.launcher().admission().dismiss(number);
                upkeep.collect();
            }
            oneAtATime.release();
        }
    }

    /** Takes nobody's turn: what it reads is a copy, and what is asked for is judged anew. */
    PlanAnswer preview(Offer offer) {
        try {
            Present.Now now = preconditions.demandRest();
            Plan plan = new Preview(around)
                    .of(offer, now, preconditions.nextNumber(now), new PlanDetails(reports.newest()));
            return new PlanAnswer.Planned(plan);
        } catch (Stopped e) {
            return new PlanAnswer.Refused(movedOn().orElse(e.reason()));
        }
    }

    /** A transition that began meanwhile may have been the cause: then it is refused for this moment alone. */
    private Optional<Reason> movedOn() {
        try {
            preconditions.demandRest();
            return Optional.empty();
        } catch (Stopped e) {
            return Optional.of(e.reason());
        }
    }
}
