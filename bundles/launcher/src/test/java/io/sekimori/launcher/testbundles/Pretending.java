package io.sekimori.launcher.testbundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Ends the process as if it had been asked to stop. */
public final class Pretending implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing is kept.
    }
}
