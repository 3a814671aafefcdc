package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.Deadline;
import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Restart;
import io.sekimori.launcher.RunningGeneration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;

/**
 * What the launcher puts into the framework with the system bundle itself, so that it is there before any other bundle
 * can resolve, and stays until the last one has stopped.
 */
final class SystemServices implements BundleActivator {

    private final Unit unit;
    private final SecondFramework second;
    private final Restart restart;
    private final Lines lines;
    private final AdmittedRevisions revisions = new AdmittedRevisions();
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private Optional<BundleContext> context = Optional.empty();
    private Optional<Gate> gate = Optional.empty();
    private Runnable frameworkStops = () -> {};

    SystemServices(Unit unit, SecondFramework second, Restart restart, Lines lines) {
        this.unit = unit;
        this.second = second;
        this.restart = restart;
        this.lines = lines;
    }

    /** What is run when the framework stops, whoever wants it to; it may hold the framework's shutdown thread for ever. */
    void onStop(Runnable hook) {
        frameworkStops = hook;
    }

    /** The gate of the generation that was offered. */
    Gate gate() {
        return gate.orElseThrow();
    }

    /** Nothing may resolve until a generation is offered and its bundles come through the gate. */
    @Override
    public void start(BundleContext system) {
        register(system, ResolverHookFactory.class, AdmissionHook.factory(revisions));
        context = Optional.of(system);
        new LogEcho(system, lines).open();
    }

    /** Opens the gate to a generation that was verified. To be called before a bundle is installed. */
    void offer(Choice.Chosen chosen, Deadline deadline) {
        BundleContext system = context.orElseThrow();
        Gate made = new Gate(
                unit,
                system,
                new AdmittedGenerations(chosen.verified().generation()),
                revisions,
                new Intruders(lines, Clock.systemUTC()));
        system.addBundleListener(made);
        gate = Optional.of(made);
        register(system, Admission.class, made);
        register(system, RunningGeneration.class, new StartedGeneration(unit, chosen));
        register(system, Rehearsal.class, new LiveRehearsal(second, system, revisions));
        register(system, Deadline.class, deadline);
        register(system, Restart.class, restart);
    }

    /** Called on the framework's shutdown thread, after every other bundle has stopped. */
    @Override
    public void stop(BundleContext system) {
        frameworkStops.run();
        registrations.clear();
    }

    private <S> void register(BundleContext system, Class<S> type, S service) {
        registrations.add(system.registerService(type, service, null));
    }
}
