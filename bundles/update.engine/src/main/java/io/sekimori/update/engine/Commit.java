package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Rehearsed;
import io.sekimori.launcher.Wiring;
import io.sekimori.trust.Release;
import io.sekimori.trust.TrustCode;
import io.sekimori.update.Phase;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.framework.Bundle;

/** The last questions, and the one rename that makes the next generation the unit's. Confined to the transition's thread. */
final class Commit {

    private static final int MOST_DIFFERENCES = 20;

    private final Unit unit;
    private final Surroundings around;
    private final RunningBundles bundles;
    private final Present present;
    private final LauncherVerify verify;

    Commit(Surroundings around, RunningBundles bundles, Present present, LauncherVerify verify) {
        this.unit = around.unit();
        this.around = around;
        this.bundles = bundles;
        this.present = present;
        this.verify = verify;
    }

    /** What runs is what would start, and the launcher of the next generation says so. */
    void examine(Transition transition) throws Stopped {
        List<Bundle> pending = bundles.pendingRemoval();
        if (!pending.isEmpty()) {
            throw new Stopped(UpdateCode.PENDING_REMOVAL, pending.get(0).getSymbolicName() + " is still used");
        }
        if (!transition.changes().restart()) {
            demandUnused(transition.changes().going());
        }
        transition.step("compare the wiring with a cold start", 0, 0);
        Wiring cold = transition.cold().isPresent() ? transition.cold().get() : cold(transition);
        List<String> differences = around.launcher().rehearsal().wiring().differences(cold);
        if (!differences.isEmpty()) {
            throw new Stopped(
                    UpdateCode.WIRING_DIFFERS,
                    differences.stream().limit(MOST_DIFFERENCES).toList().toString());
        }
        if (!transition.changes().restart()) {
            transition.step(
                    "the next launcher verifies generation " + transition.to().number(), 0, 0);
            verify.demand(transition.to(), transition.cancellation());
        }
    }

    // Uninstalled while somebody stays wired to it, an old bundle would be pending removal until the next start.
    private void demandUnused(List<GenerationBundle> going) throws Stopped {
        List<Bundle> old =
                going.stream().flatMap(each -> bundles.find(each).stream()).toList();
        for (Bundle bundle : old) {
            for (Bundle user : RunningBundles.users(bundle)) {
                if (!old.contains(user)) {
                    throw new Stopped(
                            UpdateCode.PENDING_REMOVAL,
                            user.getSymbolicName() + " uses " + bundle.getSymbolicName() + "/" + bundle.getVersion());
                }
            }
        }
    }

    /** Commits, unless somebody has cancelled in time. From the rename on there is no way back. */
    void commit(Transition transition) throws Stopped, InDoubt {
        Confirmed before = present.confirmed();
        demandFloors(transition.to(), before);
        Confirmed after = after(before, transition);
        transition.enter(Phase.COMMIT);
        if (!transition.cancellation().close()) {
            transition.cancellation().check();
        }
        new Decision(new Pointer(unit)::commit, present::confirmed).make(before, after);
        if (after.fallback().isEmpty()) {
            new AuditDesk(around.capabilities())
                    .fallbackGone(after.generation(), transition.from().number(), "a release's hard floor");
        }
        boolean another = !transition.from().slot().equals(transition.to().slot());
        new Slots(unit, Slots.HELPER_LIMIT).tell(transition.to(), another);
    }

    private Confirmed after(Confirmed before, Transition transition) throws Stopped {
        int from = transition.from().number();
        int to = transition.to().number();
        List<Release> next = VouchedReleases.of(unit, to);
        Optional<List<Release>> old = VouchedReleases.ifAny(unit, from);
        Map<String, Long> hard =
                Floors.hardAfter(before, old.orElse(List.of()), next, VouchedReleases.hardFloors(unit, to));
        // Of what cannot be read nobody knows whether it is too old, and it would not start anyway.
        boolean keep = hard.isEmpty()
                || old.filter(releases -> Floors.keepFallback(releases, next, hard))
                        .isPresent();
        return new Confirmed(to, keep ? Optional.of(from) : Optional.empty(), Floors.after(before, next), hard);
    }

    // Acceptance has asked for it. A trial record that somebody brought back must not confirm what is too old.
    private void demandFloors(Generation generation, Confirmed confirmed) throws Stopped {
        for (GenerationBundle bundle : generation.bundles()) {
            long floor = confirmed.floors().getOrDefault(bundle.symbolicName(), 0L);
            if (bundle.counter() < floor && !new Permitted(around).still(generation.number(), bundle)) {
                throw new Stopped(new Reason(
                        TrustCode.BELOW_FLOOR.name(),
                        bundle.name() + " has counter " + bundle.counter() + ", the floor is " + floor));
            }
        }
    }

    private Wiring cold(Transition transition) throws Stopped {
        Rehearsed answer = around.rehearsing()
                .rehearse(OptionalInt.empty(), transition.to().number(), transition.cancellation());
        return Preparation.resolved(answer).cold();
    }
}
