package io.sekimori.delivery;

import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.control.ControlAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.Identity;
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
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** Asks the console, starts what it assigned, and brings reports. One thread asks; requests come on their own. */
final class Courier {

    private static final Origin ORIGIN = new Origin("console", "console");
    private static final String ASSIGNMENT = "targets.json";
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Surroundings around;
    private final Reports reports;
    private final Requests requests;
    private final Clock clock;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Settings settings;
    private volatile @Nullable Reached reached;
    private volatile String followed = "";
    private volatile String approvals = "";
    private String complaint = "";

    /** The console as it was last spoken to, kept so that TLS sessions are resumed. */
    private record Reached(Enrolled enrolled, SSLContext tls, Optional<HttpProxy> proxy, ConsoleFiles files) {}

    Courier(Surroundings around, PendingReports pending, Settings settings, Clock clock, Logger log) {
        this.around = around;
        this.reports = new Reports(around, pending, log);
        this.requests = new Requests(this, around);
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
        later(AT_ONCE, true);
    }

    void change(Settings next) {
        settings = next;
        askSoon();
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

    /** Asks once now; the rhythm stays. */
    void askSoon() {
        later(AT_ONCE, false);
    }

    private void later(Duration delay, boolean rhythm) {
        if (!thread.isShutdown()) {
            thread.schedule(() -> round(rhythm), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void round(boolean rhythm) {
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
            if (rhythm) {
                later(settings.nextPoll(), true);
            }
        }
    }

    private void ask(ConsoleFiles console) throws IOException {
        Optional<byte[]> assignment = console.directorMetadata(ASSIGNMENT, ClaimedVersion.MAX_BYTES);
        if (assignment.isEmpty()) {
            return;
        }
        OptionalLong version = ClaimedVersion.of(assignment.get());
        Optional<UpdateService> update = around.update();
        if (version.isPresent()
                && update.isPresent()
                && (approved(update.get(), version.getAsLong(), console)
                        || worthATry(update.get(), version.getAsLong()))) {
            start(update.get(), new PushedAssignment(assignment.get(), console), version.getAsLong());
        }
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

    /** Whether the engine has refused it for want of approvals. */
    boolean unapproved(UpdateService update, long version) {
        return judgement(update).unapproved(version);
    }

    private Judgement judgement(UpdateService update) {
        return new Judgement(settings, update.recent(), hindrance(update).map(Reason::code));
    }

    /** Why the gateway's own policy has nothing begin by itself now. */
    Optional<Reason> hindrance(UpdateService update) {
        return update.hindrance(ORIGIN);
    }

    /** Has what the console assigned installed now, by hand: whatever hinders it by itself does not hinder this. */
    ControlAnswer install(String person) {
        return install(person, OptionalLong.empty());
    }

    /**
     * The same of one assignment alone.
     *
     * @param seen the number that the person looked at; empty for whatever is assigned
     */
    ControlAnswer install(String person, OptionalLong seen) {
        try {
            Optional<ConsoleFiles> console = console();
            if (console.isEmpty()) {
                return refused(DeliveryCode.NOT_ENROLLED, "it belongs to no console");
            }
            Optional<UpdateService> update = around.update();
            if (update.isEmpty()) {
                return refused(DeliveryCode.ENGINE_ABSENT, "the engine is being replaced");
            }
            Optional<byte[]> assignment = console.get().directorMetadata(ASSIGNMENT, ClaimedVersion.MAX_BYTES);
            OptionalLong version = assignment.map(ClaimedVersion::of).orElseGet(OptionalLong::empty);
            if (version.isEmpty()) {
                return refused(DeliveryCode.NOTHING_ASSIGNED, "the console has no assignment for this gateway");
            }
            if (seen.isPresent() && seen.getAsLong() != version.getAsLong()) {
                return refused(
                        DeliveryCode.ASSIGNMENT_CHANGED,
                        "assignment " + version.getAsLong() + " is there, " + seen.getAsLong() + " was looked at");
            }
            ApplyAnswer answer = start(
                    update.get(),
                    new PushedAssignment(assignment.get(), console.get()),
                    new Origin(person, "local"),
                    version.getAsLong());
            return answer instanceof ApplyAnswer.Started started
                    ? new ControlAnswer.Done(Map.of("id", started.id(), "assignment", version.getAsLong()))
                    : refused(((ApplyAnswer.NotStarted) answer).reason());
        } catch (IOException | IdentityException e) {
            return refused(DeliveryCode.CONSOLE_NOT_REACHED, String.valueOf(e.getMessage()));
        }
    }

    private static ControlAnswer refused(DeliveryCode code, String detail) {
        return new ControlAnswer.Refused(code.name(), detail);
    }

    private static ControlAnswer refused(Reason reason) {
        return new ControlAnswer.Refused(reason.code(), reason.detail());
    }

    /** Hands it to the engine, which judges and reports. */
    ApplyAnswer start(UpdateService update, UpdateSource source, long version) {
        return start(update, source, ORIGIN, version);
    }

    private ApplyAnswer start(UpdateService update, UpdateSource source, Origin origin, long version) {
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
        Optional<Identity> identity = around.identity();
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Optional<Enrolled> enrolled = identity.get().enrolled();
        Optional<SSLContext> tls = identity.get().tls();
        if (enrolled.isEmpty() || tls.isEmpty()) {
            return Optional.empty();
        }
        Optional<HttpProxy> proxy = identity.get().proxy();
        Reached known = reached;
        if (known == null
                || !known.tls().equals(tls.get())
                || !known.enrolled().equals(enrolled.get())
                || !known.proxy().equals(proxy)) {
            ConsoleFiles files = new ConsoleFiles(enrolled.get().console(), tls.get(), proxy);
            known = new Reached(enrolled.get(), tls.get(), proxy, files);
            reached = known;
        }
        return Optional.of(known.files());
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
