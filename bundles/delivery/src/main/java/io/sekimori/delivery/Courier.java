package io.sekimori.delivery;

import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.control.ControlAnswer;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** Asks the console, starts what it assigned, and brings reports. One thread asks; requests come on their own. */
final class Courier {

    /** The director's file that says what this gateway is to run. */
    static final String ASSIGNMENT = "targets.json";

    private static final Origin ORIGIN = new Origin("console", "console");
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final long NONE = 0; // a question out of turn, after which none follows

    private final Surroundings around;
    private final Reports reports;
    private final Requests requests;
    private final ConsoleReach reach;
    private final ByHand byHand;
    private final Hearing hearing;
    private final Clock clock;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicLong rhythm = new AtomicLong(NONE);
    private volatile Settings settings;
    private volatile String followed = "";
    private volatile String approvals = "";
    private volatile @Nullable Asked asked;
    private final Foretold foretold = new Foretold();
    private final AtomicBoolean soon = new AtomicBoolean();
    private String complaint = "";

    /** @param screening why what the broker brought is not worth a try */
    Courier(
            Surroundings around,
            PendingReports pending,
            Function<byte[], Optional<Reason>> screening,
            Settings settings,
            Clock clock,
            Logger log) {
        this.around = around;
        this.reports = new Reports(around, pending, log);
        this.requests = new Requests(this, around, screening, System::nanoTime);
        this.reach = new ConsoleReach(around);
        this.byHand = new ByHand(this, around);
        this.hearing = new Hearing(around, log);
        this.settings = settings;
        this.clock = clock;
        this.log = log;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sekimori-delivery");
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void begin() {
        later(AT_ONCE, rhythm.incrementAndGet());
    }

    /** Takes them, and begins another rhythm: what the former had set for later is no more. */
    void change(Settings next) {
        settings = next;
        begin();
    }

    void end() {
        thread.shutdownNow();
    }

    Settings settings() {
        return settings;
    }

    Reply handle(Request request) {
        return requests.handle(request);
    }

    void reported(byte[] report) {
        reports.keep(report);
        // An assignment that came during the transition waits for its end.
        askSoon();
    }

    /** Asks once now; the rhythm stays. However many ask for it, one question is to come: it is as good for all. */
    void askSoon() {
        if (soon.compareAndSet(false, true)) {
            later(AT_ONCE, NONE);
        }
    }

    private void later(Duration delay, long beat) {
        if (!thread.isShutdown()) {
            thread.schedule(() -> round(beat), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round(long beat) {
        if (beat != NONE && beat != rhythm.get()) {
            return; // of a former rhythm
        }
        if (beat == NONE) {
            soon.set(false); // who asks from here on may not be content with this one
        }
        try {
            Optional<ConsoleFiles> console = console();
            reports.bring(console);
            follow();
            if (console.isPresent() && settings.enabled()) {
                ask(console.get());
            }
            complaint = "";
        } catch (IOException | IdentityException e) {
            complain(e);
        } catch (RuntimeException e) {
            // The rhythm must not end with one bad round.
            log.error("The console could not be asked", e);
        } finally {
            if (beat != NONE && beat == rhythm.get()) {
                later(settings.nextPoll(), beat);
            }
        }
    }

    private void ask(ConsoleFiles console) throws IOException {
        Optional<byte[]> assignment = console.directorMetadata(ASSIGNMENT, ClaimedVersion.MAX_BYTES);
        hearing.look(console);
        asked = Asked.of(clock.instant(), assignment.orElse(new byte[0]));
        if (assignment.isEmpty()) {
            return;
        }
        OptionalLong version = ClaimedVersion.of(assignment.get());
        Optional<UpdateService> update = around.update();
        if (update.flatMap(UpdateService::open).isPresent() && ClaimedVersion.takesBack(assignment.get())) {
            // Once that has ended and reported, it is asked again, and this is applied: then it binds for good.
            update.get().takeBack(new PushedAssignment(assignment.get(), console));
            return;
        }
        if (version.isPresent()
                && update.isPresent()
                && (approved(update.get(), version.getAsLong(), console)
                        || worthATry(update.get(), version.getAsLong()))) {
            start(update.get(), new PushedAssignment(assignment.get(), console), version.getAsLong());
        } else if (version.isPresent()
                && update.isPresent()
                && !ClaimedVersion.takesBack(assignment.get())
                && waits(update.get(), version.getAsLong())) {
            foretold.look(update.get(), new PushedAssignment(assignment.get(), console), version.getAsLong());
        }
    }

    private boolean waits(UpdateService update, long version) {
        return update.open().isEmpty() && judgement(update).waits(version);
    }

    /** What that assignment would mend and interrupt, as members. */
    Optional<Map<String, Object>> foretold(long assignment) {
        return foretold.of(assignment);
    }

    /** What it heard when it asked last; empty if it did not since it began. */
    Optional<Asked> asked() {
        return Optional.ofNullable(asked);
    }

    boolean worthATry(UpdateService update, long version) {
        return update.open().isEmpty() && judgement(update).worthATry(version, clock.instant());
    }

    /** Whether it lacked approvals, and the console has others now. */
    private boolean approved(UpdateService update, long version, ConsoleFiles console) throws IOException {
        if (update.open().isPresent() || !unapproved(update, version)) {
            return false;
        }
        String now = console.directorMetadata(Approvals.FILE, Approvals.MAX_BYTES)
                .map(Sha256::hex)
                .orElse("");
        boolean others = !now.equals(approvals);
        // Remembered for this process alone: one try too many after a restart costs less than a file.
        approvals = now;
        return others;
    }

    /** Whether a newer one was accepted. */
    boolean overtaken(UpdateService update, long version) {
        return judgement(update).overtaken(version);
    }

    /** Whether the engine has refused it for want of approvals. */
    private boolean unapproved(UpdateService update, long version) {
        return judgement(update).unapproved(version);
    }

    private Judgement judgement(UpdateService update) {
        return new Judgement(settings, update.recent(), hindrance(update).map(Reason::code));
    }

    /** Why the gateway's own policy has nothing begin by itself now. */
    Optional<Reason> hindrance(UpdateService update) {
        return update.hindrance(ORIGIN);
    }

    /** Has what the console assigned installed now; see {@link ByHand#install}. */
    ControlAnswer install(String person, OptionalLong seen) {
        return byHand.install(person, seen);
    }

    /** Hands it to the engine, which judges and reports. */
    ApplyAnswer start(UpdateService update, UpdateSource source, long version) {
        return start(update, source, ORIGIN, version);
    }

    ApplyAnswer start(UpdateService update, UpdateSource source, Origin origin, long version) {
        ApplyAnswer answer = update.apply(source, origin, new News(around::outbox, System::nanoTime, version));
        if (answer instanceof ApplyAnswer.Started started) {
            followed = started.id();
        }
        return answer;
    }

    /** A transition that began before this bundle did, such as one that swapped it, is told of from here on. */
    private void follow() {
        Optional<UpdateService> update = around.update();
        Optional<OpenTransition> open = update.flatMap(UpdateService::open);
        if (open.isPresent() && !open.get().id().equals(followed)) {
            followed = open.get().id();
            update.get().follow(followed, new News(around::outbox, System::nanoTime, 0));
        }
    }

    /** The console this gateway belongs to, if it is enrolled. */
    Optional<ConsoleFiles> console() throws IdentityException {
        return reach.files();
    }

    /** Says once what is wrong for as long as it stays the same: being offline is normal. */
    private void complain(Exception e) {
        String now = String.valueOf(e.getMessage());
        if (!now.equals(complaint)) {
            complaint = now;
            log.info("The console was not reached: {}", now);
        }
    }
}
