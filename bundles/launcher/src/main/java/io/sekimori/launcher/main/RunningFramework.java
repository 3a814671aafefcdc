package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.StartReport.NotStarted;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.Deadline;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The framework that runs a generation: everything is installed by reference from the store, resolved together as a
 * rehearsal does, and started by start level. Confined to one thread after the other.
 */
final class RunningFramework {

    private final SystemServices services;
    private final Path cache;
    private final FrameworkLog log;
    private final Felix framework;
    private final Map<String, Bundle> bundles = new LinkedHashMap<>();
    private final Map<String, BundleException> failures = new LinkedHashMap<>();
    private List<GenerationBundle> wanted = List.of();

    RunningFramework(Unit unit, Path cache, SystemServices services, Lines lines) {
        this.services = services;
        this.cache = cache;
        this.log = new FrameworkLog(lines);
        this.framework = FrameworkSettings.framework(unit, cache, Assigned.MAX_START_LEVEL, List.of(services), log);
    }

    /** Where it keeps what it knows of bundles, for as long as it runs. */
    Path cache() {
        return cache;
    }

    /** Makes it ready for bundles; it has none, and lets none resolve. */
    void init() throws BundleException {
        framework.init();
    }

    /** Returns when every start level is reached; a bundle that does not start stops nothing. */
    void start(Choice.Chosen chosen, Deadline deadline) throws BundleException {
        services.offer(chosen, deadline);
        wanted = chosen.verified().generation().bundles();
        wanted.forEach(this::install);
        framework.adapt(FrameworkWiring.class).resolveBundles(bundles.values());
        bundles.forEach(this::markForStart);
        framework.start();
    }

    private void install(GenerationBundle each) {
        try {
            bundles.put(each.name(), services.gate().installVerified(each.sha256(), each.startLevel()));
        } catch (BundleException e) {
            failures.put(each.name(), e);
        }
    }

    private void markForStart(String name, Bundle bundle) {
        if (isFragment(bundle)) {
            return;
        }
        try {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        } catch (BundleException e) {
            failures.put(name, e);
        }
    }

    /** Bundles of the generation that do not run. */
    List<NotStarted> notStarted() {
        List<NotStarted> list = new ArrayList<>();
        for (GenerationBundle each : wanted) {
            Bundle bundle = bundles.get(each.name());
            if (bundle == null || !runs(bundle)) {
                list.add(new NotStarted(each.name(), why(each.name(), bundle)));
            }
        }
        return list;
    }

    private String why(String name, @Nullable Bundle bundle) {
        Optional<Throwable> thrown = Optional.ofNullable(failures.get(name));
        if (thrown.isEmpty() && bundle != null) {
            thrown = log.failure(bundle);
        }
        String detail = thrown.map(FrameworkLog::describe).orElse("is not running, and nothing says why");
        return new Refusal(LauncherCode.FRAMEWORK_FAILED, detail).detail();
    }

    private static boolean runs(Bundle bundle) {
        if (isFragment(bundle)) {
            return bundle.getState() == Bundle.RESOLVED;
        }
        // STARTING: activated lazily, by its first class.
        return bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING;
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /**
     * Whether it is active and answers what everybody asks of it: which bundles there are, and which services. Hangs when
     * somebody holds the locks of the framework for ever.
     */
    boolean answers() {
        try {
            BundleContext context = framework.getBundleContext();
            return framework.getState() == Bundle.ACTIVE
                    && context != null
                    && context.getBundles().length > 1
                    && context.getAllServiceReferences(null, null) != null;
        } catch (IllegalStateException | InvalidSyntaxException e) {
            return false; // it stops, or has no context any more
        }
    }

    /** Stops every bundle and waits for it; who hangs is the caller's to bound. */
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(0);
    }
}
