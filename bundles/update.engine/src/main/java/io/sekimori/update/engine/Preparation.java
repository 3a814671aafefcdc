package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.launcher.AdmitResult;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Pack;
import io.sekimori.trust.Release;
import io.sekimori.update.Phase;
import io.sekimori.update.Plan;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything before the first bundle is touched: acceptance, staging, admission, the two resolutions and the plan. What
 * it leaves on the disk when it refuses is collected by {@link Tidy}. Confined to one thread at a time.
 */
final class Preparation {

    /** What was found: the next generation is on the disk, admitted and rehearsed. */
    record Prepared(Generation to, Changes changes, Rewiring rewiring, Wiring cold, Plan plan) {}

    /** Who is told of the phases and steps; throws when the transition was cancelled. */
    interface Course extends Staging.Steps {
        void enter(Phase phase) throws Stopped;
    }

    private final Surroundings around;
    private final Acceptor acceptor;
    private final Staging staging;

    Preparation(Surroundings around) {
        this.around = around;
        this.acceptor = new Acceptor(around);
        this.staging = new Staging(around.unit());
    }

    /**
     * Prepares a transition.
     *
     * @param number of the next generation
     * @param forGood false to leave the trusted metadata as they are
     */
    Prepared prepare(Path file, Present.Now now, int number, boolean forGood, PlanDetails details, Course course)
            throws Stopped {
        course.step("read the pack", 0, 0);
        try (Closing pack = new Closing(acceptor.open(file))) {
            Acceptance.Accepted accepted = forGood
                    ? acceptor.accept(pack.pack(), now.confirmed())
                    : acceptor.tryOut(pack.pack(), now.confirmed());
            Generation to = staging.generation(number, accepted, around.clock().instant());
            demandChange(now.generation(), to, around.engine());
            List<Release> missing = staging.missing(accepted);
            Plan.Disk disk = staging.disk(missing);
            Staging.demand(disk);
            course.enter(Phase.STAGE);
            staging.store(missing, pack.pack(), course);
            staging.write(to, accepted);
            course.enter(Phase.REHEARSE);
            admit(number, course);
            Rehearsed.Resolved rehearsed = rehearse(now.generation(), to, course);
            Rewiring rewiring = Rewiring.of(rehearsed, now.generation(), to);
            Changes changes = new Planner(around.engine()).plan(now.generation(), to, rewiring);
            Map<String, Long> floors = Floors.after(now.confirmed(), accepted.releases());
            Plan plan = details.plan(now.generation(), to, changes, floors, disk);
            return new Prepared(to, changes, rewiring, rehearsed.cold(), plan);
        }
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

    private Rehearsed.Resolved rehearse(Generation from, Generation to, Course course) throws Stopped {
        course.step("resolve alone from empty, and beside what runs", 0, 0);
        return resolved(around.launcher().rehearsal().rehearse(OptionalInt.of(from.number()), to.number()));
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

    /** A pack whose closing does not matter: everything was read. */
    private record Closing(Pack pack) implements AutoCloseable {

        @Override
        public void close() throws Stopped {
            try {
                pack.close();
            } catch (IOException e) {
                throw new Stopped(UpdateCode.PACK_UNREADABLE, "the pack cannot be closed", e);
            }
        }
    }
}
