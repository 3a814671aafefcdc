package io.sekimori.launcher.main;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A second framework in this process that only resolves: it is initialised, never started, so no bundle's code runs.
 *
 * <p>Confined to one thread.
 */
final class RehearsalFramework implements AutoCloseable {

    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final String NO_SUCH_CLASS = "io.sekimori.rehearsal.NoSuchClass";

    private final Unit unit;
    private final Path cache;
    private final Felix framework;
    private final AdmittedRevisions revisions = new AdmittedRevisions();
    private final Map<String, Bundle> bundles = new LinkedHashMap<>();

    RehearsalFramework(Unit unit, Scratch scratch, Lines lines) throws IOException, BundleException {
        this.unit = unit;
        this.cache = scratch.folder();
        this.framework =
                FrameworkSettings.framework(unit, cache, 1, List.of(new HookActivator()), new FrameworkLog(lines));
        framework.init();
    }

    /** Installs what is not there yet, and resolves. */
    void resolve(Generation generation) throws BundleException {
        List<Bundle> wanted = new ArrayList<>();
        for (GenerationBundle each : generation.bundles()) {
            Bundle bundle = bundles.get(each.sha256());
            if (bundle == null) {
                bundle = framework.getBundleContext().installBundle(Gate.location(unit.store(), each.sha256()));
                Vouched.requireNamed(bundle, each);
                revisions.admit(bundle.adapt(BundleRevision.class), each.sha256());
                bundles.put(each.sha256(), bundle);
            }
            wanted.add(bundle);
        }
        framework.adapt(FrameworkWiring.class).resolveBundles(wanted);
    }

    /** Hides bundles that are not in the generation. */
    void hideAllBut(Generation generation) {
        Collection<Bundle> kept = of(generation);
        bundles.values().stream().filter(bundle -> !kept.contains(bundle)).forEach(revisions::withdraw);
    }

    Collection<Bundle> of(Generation generation) {
        return generation.bundles().stream()
                .map(each -> bundles.get(each.sha256()))
                .toList();
    }

    /** The resolver's reasons, one for each bundle of the generation that did not resolve. */
    List<String> unresolved(Generation generation) {
        return of(generation).stream()
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(RehearsalFramework::reason)
                .toList();
    }

    /** Felix tells why when it is asked for a class of a bundle that does not resolve. */
    private static String reason(Bundle bundle) {
        try {
            bundle.loadClass(NO_SUCH_CLASS);
        } catch (ClassNotFoundException e) {
            Throwable cause = e.getCause();
            if (cause != null && cause.getMessage() != null) {
                return WiringReader.name(bundle) + ": " + cause.getMessage();
            }
        }
        return WiringReader.name(bundle) + ": cannot resolve";
    }

    @Override
    public void close() throws IOException, BundleException {
        framework.stop();
        try {
            framework.waitForStop(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Scratch.remove(cache);
    }

    private final class HookActivator implements BundleActivator {

        @Override
        public void start(BundleContext context) {
            ServiceRegistration<ResolverHookFactory> registration =
                    context.registerService(ResolverHookFactory.class, AdmissionHook.factory(revisions), null);
            registration.getReference();
        }

        @Override
        public void stop(BundleContext context) {
            // The framework unregisters what its own bundle registered.
        }
    }
}
