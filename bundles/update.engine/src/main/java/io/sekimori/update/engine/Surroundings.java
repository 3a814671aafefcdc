package io.sekimori.update.engine;

import io.sekimori.generation.Unit;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TrustedTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;

/**
 * Everything around the engine, in one place for its parts.
 *
 * @param policy the configuration in force at the moment of the question
 */
record Surroundings(
        BundleContext context,
        Unit unit,
        LauncherServices launcher,
        Capabilities capabilities,
        ServiceComponentRuntime components,
        LogReaderService logReader,
        Supplier<Policy> policy,
        Clock clock) {

    /** Tells this run of the framework from every other one. */
    String process() {
        return context.getProperty(Constants.FRAMEWORK_UUID);
    }

    /**
     * The times at each of which what begins at a time must have begun: one, or two where it is not certain that it is as late as
     * {@link #clock} says.
     */
    List<Instant> moments() {
        Instant now = clock.instant();
        return Stream.concat(
                        Stream.of(now),
                        capabilities.time().map(TrustedTime::now).map(TimeReading::earliest).stream()
                                .filter(earliest -> earliest.isBefore(now)))
                .toList();
    }

    /** What the policy has to say of who asks and when. */
    Consent consent() {
        return new Consent(() -> policy.get().consent(), deferral());
    }

    /** What a person on site has put off. */
    Deferral deferral() {
        return new Deferral(unit.data(engine()).resolve("deferral.json"));
    }

    /** Rehearsals that take no longer than any step may. */
    Rehearsing rehearsing() {
        return new Rehearsing(launcher.rehearsal(), policy.get().deadline());
    }

    /** The symbolic name under which the engine itself is in a generation. */
    String engine() {
        return context.getBundle().getSymbolicName();
    }
}
