package io.sekimori.update.engine;

import io.sekimori.audit.Repeats;
import io.sekimori.generation.Generation;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.Origin;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateException;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.log.Logger;

/** Takes requests, and lets one of them at a time through to the {@link Worker}. Thread-safe. */
final class Desk {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Duration BETWEEN_REPEATS = Duration.ofHours(1);

    private final Surroundings around;
    private final RunningBundles bundles;
    private final Present present;
    private final Recovery recovery;
    private final Reports reports;
    private final AuditDesk audit;
    private final Repeats repeats;
    private final Upkeep upkeep;
    private final Preconditions preconditions;
    private final Worker worker;
    private final News news;
    private final UnitReports units;
    private final ReportTeller teller;
    private final Consent consent;
    private final Beginning beginning;
    private final ApprovalDesk approvals;
    private final PlanDesk plans;
    private final TakingBack takingBack;
    private final Logger log;
    private final Semaphore oneAtATime = new Semaphore(1);

    Desk(Surroundings around, Logger log) {
        this.around = around;
        this.log = log;
        this.bundles = new RunningBundles(around.context(), around.launcher().admission());
        this.present = new Present(around, bundles);
        this.recovery = new Recovery(around, present);
        this.reports =
                new Reports(around.unit(), around.capabilities(), around.unit().data(around.engine()), log);
        this.audit = new AuditDesk(around.capabilities());
        this.repeats = new Repeats(around.clock(), BETWEEN_REPEATS);
        this.news = new News(log);
        this.units = new UnitReports(around, present, reports);
        this.teller = new ReportTeller(units, log);
        this.consent = around.consent();
        this.beginning = new Beginning(around, consent, audit);
        this.approvals = new ApprovalDesk(around, oneAtATime);
        this.takingBack = new TakingBack(around, present, log);
        Filing filing = new Filing(around, recovery, reports, audit, log);
        this.preconditions = new Preconditions(around, present, reports, filing);
        this.upkeep = new Upkeep(around, bundles, present, audit, log);
        this.plans = new PlanDesk(around, consent, preconditions, reports, upkeep, oneAtATime, log);
        this.worker = new Worker(around, bundles, present, recovery, filing, upkeep, news, teller, oneAtATime, log);
    }

    /** Looks after what an earlier process left, then takes requests. */
    void open() {
        upkeep.forgetPreviews();
        worker.begin();
    }

    /** Ends an open transition by going back, for a bounded time; then takes no more requests. */
    void close() {
        plans.close();
        worker.end();
        news.close();
        teller.close();
    }

    Beginning beginning() {
        return beginning;
    }

    PlanDesk plans() {
        return plans;
    }

    ApprovalDesk approvals() {
        return approvals;
    }

    ReportTeller teller() {
        return teller;
    }

    byte[] report(String nonce) throws UpdateException {
        if (!nonce.matches("[A-Za-z0-9_-]{0,64}")) {
            throw new IllegalArgumentException("a nonce has 0 to 64 of A-Z a-z 0-9 _ -");
        }
        return units.make(nonce);
    }

    ApplyAnswer apply(Offer offer, Origin origin, ProgressListener listener) {
        if (!oneAtATime.tryAcquire()) {
            return refused(offer, origin, Reason.of(UpdateCode.TRANSITION_OPEN, "a transition is open"));
        }
        boolean begun = false;
        try {
            Present.Now now = preconditions.admit();
            preconditions.demandCapabilities();
            consent.demandOrigin(origin);
            int number = preconditions.nextNumber(now);
            String id = STAMP.format(around.clock().instant()) + "-"
                    + Integer.toHexString(0x1000 | ThreadLocalRandom.current().nextInt(0x1000));
            audit.begin(origin, id, offer.name());
            Journal journal = Journal.begin(
                    id,
                    now.generation().number(),
                    number,
                    origin,
                    around.clock().instant(),
                    around.process());
            news.add(listener);
            worker.start(journal, now, offer, new PlanDetails(recent()));
            begun = true;
            return new ApplyAnswer.Started(id);
        } catch (Stopped e) {
            return refused(offer, origin, e.reason());
        } finally {
            if (!begun) {
                news.remove(listener);
                oneAtATime.release();
            }
        }
    }

    boolean takeOver(String id) {
        if (!oneAtATime.tryAcquire()) {
            return false;
        }
        boolean taken = false;
        try {
            Optional<Journal> journal = recovery.journal()
                    .filter(open -> open.id().equals(id) && open.process().equals(around.process()));
            taken = journal.isPresent() && worker.takeOver(journal.get());
        } catch (IOException | MalformedJson | Stopped e) {
            log.error("A transition could not be taken over, it is reverted by the other engine", e);
        } finally {
            if (!taken) {
                oneAtATime.release();
            }
        }
        return taken;
    }

    boolean cancel(String id, Reason reason) {
        return worker.open()
                .filter(transition -> transition.id().equals(id))
                .filter(transition -> transition.cancellation().request(reason))
                .isPresent();
    }

    boolean takeBack(UpdateSource source) {
        return worker.open()
                .flatMap(transition -> takingBack
                        .reason(transition.journal(), source)
                        .filter(reason -> cancel(transition.id(), reason)))
                .isPresent();
    }

    boolean follow(String id, ProgressListener listener) {
        boolean known = isOpen(id) || reports.of(id).isPresent();
        if (known) {
            news.follow(id, listener, () -> isOpen(id), () -> reports.of(id));
        }
        return known;
    }

    private boolean isOpen(String id) {
        return worker.open().filter(transition -> transition.id().equals(id)).isPresent();
    }

    Optional<Transition> openTransition() {
        return worker.open();
    }

    List<TransitionReport> recent() {
        return reports.newest();
    }

    Optional<Generation> running() {
        try {
            return Optional.of(present.now().generation());
        } catch (Stopped e) {
            return Optional.empty();
        }
    }

    /** What a person asks for is recorded each time; what a console brings again and again by itself is counted. */
    private ApplyAnswer refused(Offer offer, Origin origin, Reason reason) {
        long times = origin.channel().equals(Consent.CONSOLE) ? repeats.due(origin.person() + "\n" + reason.code()) : 1;
        if (times > 0) {
            audit.refused(origin, offer.name(), reason, times);
        }
        return new ApplyAnswer.NotStarted(reason);
    }
}
