package io.sekimori.itests.framework;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/** A swap in mode overlap reduced to what the framework does in it: what a bundle so declared must stand. */
final class Overlap {

    private final BundleContext context;
    private final Services services;

    Overlap(BundleContext context) {
        this.context = context;
        this.services = new Services(context);
    }

    /**
     * Starts the new version beside the old one, activates its services, and only then stops the old one, which stays
     * installed, as it does until the commit.
     */
    Bundle swap(Bundle old, Path next) throws BundleException, InterruptedException {
        Set<String> offered = offeredBy(old);
        Bundle bundle = context.installBundle(next.toUri().toString());
        // As the engine does. A start that must resolve first holds the bundle's lock while it waits for the global
        // one;
        // when another thread resolves just then, Felix ends the dead lock by failing the start.
        context.getBundle(Constants.SYSTEM_BUNDLE_ID)
                .adapt(FrameworkWiring.class)
                .resolveBundles(List.of(bundle));
        bundle.start();
        for (String type : offered) {
            services.await(type, bundle);
        }
        old.stop();
        return bundle;
    }

    private static Set<String> offeredBy(Bundle bundle) {
        Set<String> types = new TreeSet<>();
        ServiceReference<?>[] references = bundle.getRegisteredServices();
        if (references != null) {
            for (ServiceReference<?> reference : references) {
                types.addAll(Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS)));
            }
        }
        return types;
    }
}
