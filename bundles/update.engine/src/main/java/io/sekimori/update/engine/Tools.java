package io.sekimori.update.engine;

import java.time.Duration;

/** The parts that work on one transition, made for it with the policy in force when it began or was taken over. */
record Tools(
        ConfigurationKeeper configurations,
        HealthChecks health,
        ErrorWatch errors,
        Road road,
        WayBack wayBack,
        Handover handover,
        Arrival arrival,
        Probation probation,
        Commit commit,
        Tidy tidy,
        Consent consent)
        implements AutoCloseable {

    // What the Felix health checks allow by default.
    private static final Duration ONE_CHECK = Duration.ofSeconds(2);

    static Tools make(Surroundings around, RunningBundles bundles, TransitionLog log) {
        Policy policy = around.policy().get();
        Present present = new Present(around, bundles);
        Components components = new Components(around.components());
        ConfigurationKeeper configurations = new ConfigurationKeeper(around.capabilities());
        HealthChecks health = new HealthChecks(around.context(), ONE_CHECK.toMillis());
        ErrorWatch errors = new ErrorWatch(around.context(), around.logReader(), log);
        errors.open();
        Settling settling = new Settling(components, health, policy.settle());
        return new Tools(
                configurations,
                health,
                errors,
                new Road(around, bundles, configurations, settling, errors),
                new WayBack(around, bundles, configurations),
                new Handover(around, bundles, settling),
                new Arrival(around, bundles, settling),
                new Probation(bundles, components, health, errors, policy),
                new Commit(
                        around,
                        bundles,
                        present,
                        new LauncherVerify(around.unit(), policy.deadline().toMillis())),
                new Tidy(around, bundles, present),
                around.consent());
    }

    @Override
    public void close() {
        errors.close();
        health.close();
    }
}
