package io.sekimori.launcher.testbundles;

import io.sekimori.launcher.Restart;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Asks for a new process in every life. */
public final class Restarting implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        context.getService(context.getServiceReference(Restart.class)).restart("every life");
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is kept.
    }
}
