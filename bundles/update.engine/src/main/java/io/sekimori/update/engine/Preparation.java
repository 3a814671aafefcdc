package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.AdmitResult;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Carrier;
import io.sekimori.trust.Release;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.Plan;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything before the first bundle is touched: acceptance, staging, admission, the two resolutions and the plan. What
 * it leaves on the disk when it refuses is collected by {@link Tidy}. Confined to one thread at a time.
 */
final class Preparation {

    /** What was found: the next generation is on the disk, admitted and rehearsed. */
    record Prepared(Generation to, Changes changes, Rewiring rewiring, Optional<Wiring> cold, Plan plan) {}

    /** Who is told of the phases and steps; throws when the transition was cancelled. */
    interface Course extends Staging.Steps {
        void enter(Phase phase) throws Stopped;

        /** The version that the assignment has, or claims to have. */
        void claimed(long version);

        /** It is accepted although its metadata is past its expiry since then; throws if that must not be. */
        void stale(Instant since) throws Stopped;
    }

    private final Surroundings around;
    private final Acceptor acceptor;
    private final Slots slots;
    private final Staging staging;
    private final Consent consent;
    private final Permitted permitted;

    Preparation(Surroundings around, Consent consent) {
        this.around = around;
        this.consent = consent;
        this.acceptor = new Acceptor(around);
        this.slots = new Slots(around.unit(), Slots.HELPER_LIMIT);
        this.staging = new Staging(around.unit(), slots);
        this.permitted = new Permitted(around);
    }

    /**
     * How it is to be done.
     *
     * @param number of the next generation
     * @param by who wants it done; empty to leave the trusted metadata as they are and only say what would be
     */
    record Wish(int number, Optional<Origin> by, PlanDetails details) {}

    /** Prepares a transition. */
    Prepared prepare(Offer offer, Present.Now now, Wish wish, Cancellation cancellation, Course course) throws Stopped {
        course.step("read " + offer.name(), 0, 0);
        // TUF 5.1: whatever expires is compared with the one time when this began, however long its download takes.
        Instant begun = around.clock().instant();
        try (Supply supply = offer.opening().open()) {
            Carrier carrier = Bringing.carrier(
                    supply, offer.seen(), wish.by(), around.policy().get().packLife());
            Acceptance.Accepted judged = wish.by().isPresent()
                    ? acceptor.accept(supply.source(), carrier, now.confirmed(), begun, course::claimed)
                    : acceptor.tryOut(supply.source(), carrier, now.confirmed(), begun);
            if (judged.staleSince().isPresent()) {
                course.stale(judged.staleSince().get());
            }
            TakingBack.demandNone(judged.assignment(), now.generation());
            Generation to = staging.generation(wish.number(), judged, begun);
            demandChange(now.generation(), to, around.engine());
            slots.demandHelper(now.generation(), to);
            PeoplesApproval approval = new PeoplesApproval(around, wish.by().isPresent());
            Acceptance.Accepted approved = approval.demand(judged, supply, begun);
            if (wish.by().isPresent()) {
                int running = now.generation().number();
                consent.demandDirection(
                        wish.by().get(),
                        now.generation(),
                        VouchedReleases.ifAny(around.unit(), running).orElse(List.of()),
                        judged.releases());
            }
            List<Release> missing = staging.missing(to, approved);
            if (wish.by().isPresent() && !missing.isEmpty()) {
                consent.demandDownload(wish.by().get());
            }
            Plan.Disk disk = staging.disk(missing);
            Staging.demand(disk, around.unit().directory());
            course.enter(Phase.STAGE);
            DownloadLimits limits = supply.local()
                    ? DownloadLimits.LOCAL
                    : around.policy().get().download();
            staging.store(missing, supply, limits, cancellation, course);
            // A download may have taken days, in which approvals ended or were taken back: they bound what a console
            // withholds.
            Acceptance.Accepted accepted =
                    missing.isEmpty() ? approved : approval.demand(judged, supply, notBefore(begun));
            new JarDemand(around.unit(), slots).demand(now.generation(), accepted, begun, cancellation);
            if (wish.by().isPresent()) {
                // A window is no expiry: it is asked for when it matters.
                for (Instant moment : around.moments()) {
                    consent.demandNow(wish.by().get(), accepted.assignment().issued(), moment);
                }
            }
            permitted.demand(accepted, wish.by());
            staging.write(to, accepted);
            permitted.keep(wish.number(), accepted);
            if (wish.by().isPresent()) {
                slots.bring(to, cancellation, course);
            }
            course.enter(Phase.REHEARSE);
            Optional<Rehearsed.Resolved> rehearsed = Optional.empty();
            // Who only asks what would be leaves nothing behind that root would have to keep.
            if (wish.by().isPresent() || !slots.wants(to.slot())) {
                admit(wish.number(), course);
                rehearsed = judged(now.generation(), to, cancellation, course);
            }
            Rewiring rewiring = rehearsed
                    .map(resolved -> Rewiring.of(resolved, now.generation(), to))
                    .orElse(Rewiring.NONE);
            Changes changes = new Planner(around.engine()).plan(now.generation(), to, rewiring);
            Map<String, Long> floors = Floors.after(now.confirmed(), accepted.releases());
            Plan plan = wish.details()
                    .plan(now.generation(), to, changes, floors, disk, Bringing.promised(accepted, carrier));
            return new Prepared(to, changes, rewiring, rehearsed.map(Rehearsed.Resolved::cold), plan);
        }
    }

    private Instant notBefore(Instant begun) {
        Instant now = around.clock().instant();
        return now.isBefore(begun) ? begun : now;
    }

    static void demandChange(Generation from, Generation to, String engine) throws Stopped {
        if (to.bundles().stream().noneMatch(bundle -> bundle.symbolicName().equals(engine))) {
            throw new Stopped(UpdateCode.ENGINE_MISSING, engine + " is not assigned");
        }
        boolean same = from.bundles().equals(to.bundles())
                && from.slot().equals(to.slot())
                && from.configurations().equals(to.configurations());
        if (same && from.assignmentVersion() == to.assignmentVersion()) {
            throw new Stopped(UpdateCode.NOTHING_TO_DO, "generation " + from.number() + " is what it assigns");
        }
        Map<String, GenerationBundle> before =
                from.bundles().stream().collect(Collectors.toMap(GenerationBundle::symbolicName, Function.identity()));
        for (GenerationBundle bundle : to.bundles()) {
            GenerationBundle old = before.getOrDefault(bundle.symbolicName(), bundle);
            if (old.version().equals(bundle.version()) && !old.sha256().equals(bundle.sha256())) {
                throw new Stopped(UpdateCode.SAME_VERSION, bundle.name() + " runs with other bytes");
            }
        }
    }

    private void admit(int number, Course course) throws Stopped {
        course.step("verify generation " + number + " as a start would", 0, 0);
        if (around.launcher().admission().admit(number) instanceof AdmitResult.Refused refused) {
            throw new Stopped(new Reason(refused.code(), refused.detail()));
        }
    }

    /**
     * What starts with another launcher is judged by that one, with its own framework and Java runtime: whether it starts at
     * all, knows the algorithms that the metadata are signed with, and resolves the bundles. This framework cannot say.
     */
    private Optional<Rehearsed.Resolved> judged(
            Generation from, Generation to, Cancellation cancellation, Course course) throws Stopped {
        if (from.slot().equals(to.slot())) {
            return Optional.of(rehearse(from, to, cancellation, course));
        }
        course.step("the next launcher verifies generation " + to.number(), 0, 0);
        new LauncherVerify(around.unit(), around.policy().get().deadline().toMillis()).demand(to, cancellation);
        return Optional.empty();
    }

    private Rehearsed.Resolved rehearse(Generation from, Generation to, Cancellation cancellation, Course course)
            throws Stopped {
        course.step("resolve alone from empty, and beside what runs", 0, 0);
        return resolved(around.rehearsing().rehearse(OptionalInt.of(from.number()), to.number(), cancellation));
    }

    static Rehearsed.Resolved resolved(Rehearsed answer) throws Stopped {
        if (answer instanceof Rehearsed.Unresolved unresolved) {
            UpdateCode code = unresolved.stage() == Rehearsed.Stage.COLD
                    ? UpdateCode.UNRESOLVABLE_COLD
                    : UpdateCode.UNRESOLVABLE_HOT;
            throw new Stopped(code, String.join("; ", unresolved.reasons()));
        }
        if (answer instanceof Rehearsed.Failed failed) {
            throw new Stopped(new Reason(failed.code(), failed.detail()));
        }
        return (Rehearsed.Resolved) answer;
    }
}
