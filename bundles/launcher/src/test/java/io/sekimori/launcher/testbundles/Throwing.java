package io.sekimori.launcher.testbundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Does not start. */
public final class Throwing implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        throw new IllegalStateException("does not want to start");
    }

    @Override
    public void stop(BundleContext context) {
        // It never gets here.
    }
}
