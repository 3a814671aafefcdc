package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;

/**
 * Watches the next generation for the set time before it is confirmed: changed bundles run, their components are
 * satisfied, their health checks and those that were well before are well, and they report few errors. Confined to the
 * transition's thread.
 */
final class Probation {

    private static final long LOOK_AGAIN_MILLIS = 250;

    private final RunningBundles bundles;
    private final Components components;
    private final HealthChecks health;
    private final ErrorWatch errors;
    private final Policy policy;

    Probation(RunningBundles bundles, Components components, HealthChecks health, ErrorWatch errors, Policy policy) {
        this.bundles = bundles;
        this.components = components;
        this.health = health;
        this.errors = errors;
        this.policy = policy;
    }

    /**
     * Returns when the time is over and all is well.
     *
     * @param watched what changed
     */
    void pass(Transition transition, List<GenerationBundle> watched) throws Stopped {
        List<Bundle> changed = new ArrayList<>();
        for (GenerationBundle bundle : watched) {
            Bundle running = bundles.require(bundle);
            errors.watch(running);
            changed.add(running);
        }
        long start = System.nanoTime();
        long length = policy.probation().toNanos();
        for (long passed = 0; passed < length; passed = System.nanoTime() - start) {
            transition.guard().step("probation");
            say(transition, passed);
            look(changed, transition.journal().wellBefore(), false);
            long left = Duration.ofNanos(length - passed).toMillis() + 1;
            transition.cancellation().pause(Math.min(LOOK_AGAIN_MILLIS, left));
        }
        transition.guard().step("the end of probation");
        look(changed, transition.journal().wellBefore(), true);
        transition.step(
                "probation passed",
                policy.probation().toSeconds(),
                policy.probation().toSeconds());
    }

    private void say(Transition transition, long passed) {
        long seconds = Duration.ofNanos(passed).toSeconds();
        transition
                .news()
                .progress(new Progress(
                        transition.id(),
                        Phase.PROBATION,
                        "watching generation " + transition.to().number(),
                        seconds,
                        policy.probation().toSeconds()));
    }

    // A check that asks for patience, or is late, has time until the end, and no longer.
    private void look(List<Bundle> changed, Set<String> wellBefore, boolean atTheEnd) throws Stopped {
        for (Bundle bundle : changed) {
            if (!RunningBundles.isStarted(bundle)) {
                throw new Stopped(UpdateCode.UNHEALTHY, bundle.getSymbolicName() + " does not run any more");
            }
            Optional<Components.Missing> missing = components.missing(bundle);
            if (missing.isPresent()) {
                throw new Stopped(
                        UpdateCode.COMPONENTS_UNSATISFIED,
                        bundle.getSymbolicName() + ": " + missing.get().what());
            }
        }
        Set<Bundle> those = Set.copyOf(changed);
        Optional<HealthChecks.Finding> unwell = health
                .run(check -> those.contains(check.getBundle()) || wellBefore.contains(HealthChecks.name(check)))
                .stream()
                .filter(finding -> !finding.well() && (atTheEnd || !finding.later()))
                .findFirst();
        if (unwell.isPresent()) {
            throw new Stopped(
                    UpdateCode.UNHEALTHY,
                    unwell.get().name() + " is " + unwell.get().says());
        }
        if (errors.errors() > policy.errors()) {
            throw new Stopped(
                    UpdateCode.ERROR_RATE, errors.errors() + " errors reported, " + policy.errors() + " are allowed");
        }
    }
}
