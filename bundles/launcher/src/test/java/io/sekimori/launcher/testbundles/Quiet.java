package io.sekimori.launcher.testbundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Says that it was started. */
public final class Quiet implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        System.err.println("started " + context.getBundle().getSymbolicName() + " "
                + context.getBundle().getVersion());
    }

    @Override
    public void stop(BundleContext context) {
        System.err.println("stopped " + context.getBundle().getSymbolicName());
    }
}
