package io.sekimori.launcher.testbundles;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Says so if its code ever runs. */
public final class Intruder implements BundleActivator {

    static {
        System.err.println("INTRUDER class loaded");
    }

    @Override
    public void start(BundleContext context) {
        System.err.println("INTRUDER started");
    }

    @Override
    public void stop(BundleContext context) {
        System.err.println("INTRUDER stopped");
    }
}
