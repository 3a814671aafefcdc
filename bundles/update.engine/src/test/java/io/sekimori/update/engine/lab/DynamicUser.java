package io.sekimori.update.engine.lab;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Gets a wire while it runs that no resolution knows of. */
public final class DynamicUser implements BundleActivator {

    @Override
    public void start(BundleContext context) throws ClassNotFoundException {
        context.getBundle().loadClass("io.sekimori.update.engine.lab.Lonely");
    }

    @Override
    public void stop(BundleContext context) {
        // Nothing to stop.
    }
}
