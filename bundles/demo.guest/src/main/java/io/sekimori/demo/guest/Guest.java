package io.sekimori.demo.guest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Does nothing but answer whether it is well, in the mood of its release. Thread-safe. */
@Component(
        immediate = true,
        service = HealthCheck.class,
        property = {"hc.name=demo guest", "hc.tags=demo"})
public final class Guest implements HealthCheck {

    private static final Duration WELL_AT_FIRST = Duration.ofMillis(500);

    private final Mood mood;
    private final boolean intruded;
    private final long began = System.nanoTime();

    /** Reads its mood from the manifest of its own bundle. */
    @Activate
    public Guest(BundleContext context) {
        mood = Mood.of(context.getBundle().getHeaders("").get(Mood.HEADER));
        if (mood == Mood.CRASHING) {
            Runtime.getRuntime().halt(1);
        }
        intruded = mood == Mood.INTRUDING && Intrusion.succeeds(context);
    }

    @Override
    public Result execute() {
        boolean ill = mood == Mood.UNHEALTHY && System.nanoTime() - began > WELL_AT_FIRST.toNanos();
        if (intruded) {
            return new Result(Result.Status.CRITICAL, "a bundle installed past the update service resolved");
        }
        return ill
                ? new Result(Result.Status.CRITICAL, "the guest fell ill, as its release was made to")
                : new Result(Result.Status.OK, "the guest is well");
    }

    @Deactivate
    void stop() {
        while (mood == Mood.STUCK) {
            LockSupport.park();
        }
    }
}
