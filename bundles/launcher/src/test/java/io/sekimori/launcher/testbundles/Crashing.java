package io.sekimori.launcher.testbundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Takes the process down while it starts. */
public final class Crashing implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        Runtime.getRuntime().halt(99);
    }

    @Override
    public void stop(BundleContext context) {
        // It never gets here.
    }
}
