package io.sekimori.update.engine;

import io.sekimori.update.UpdateCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;

/** Waits until a bundle that was just started does its work, or says why it does not. Confined to the transition's thread. */
final class Settling {

    private static final long LOOK_AGAIN_MILLIS = 10;

    private final Components components;
    private final HealthChecks health;
    private final Duration limit;

    Settling(Components components, HealthChecks health, Duration limit) {
        this.components = components;
        this.health = health;
        this.limit = limit;
    }

    /** Returns when every component is satisfied. */
    void untilSatisfied(Bundle bundle, Cancellation cancellation) throws Stopped {
        long start = System.nanoTime();
        for (Optional<Components.Missing> missing = components.missing(bundle);
                missing.isPresent();
                missing = components.missing(bundle)) {
            if (!missing.get().passing() || expired(start)) {
                throw new Stopped(
                        UpdateCode.COMPONENTS_UNSATISFIED,
                        bundle.getSymbolicName() + ": " + missing.get().what());
            }
            cancellation.pause(LOOK_AGAIN_MILLIS);
        }
    }

    /** Returns when every health check that this bundle registers is well; one that asks for it or is late is waited for. */
    void untilWell(Bundle bundle, Cancellation cancellation) throws Stopped {
        long start = System.nanoTime();
        for (Optional<HealthChecks.Finding> unwell = unwell(health.of(bundle));
                unwell.isPresent();
                unwell = unwell(health.of(bundle))) {
            if (!unwell.get().later() || expired(start)) {
                throw new Stopped(
                        UpdateCode.UNHEALTHY,
                        unwell.get().name() + " is " + unwell.get().says());
            }
            cancellation.pause(LOOK_AGAIN_MILLIS);
        }
    }

    private static Optional<HealthChecks.Finding> unwell(List<HealthChecks.Finding> findings) {
        return findings.stream().filter(finding -> !finding.well()).findFirst();
    }

    private boolean expired(long start) {
        return System.nanoTime() - start > limit.toNanos();
    }
}
