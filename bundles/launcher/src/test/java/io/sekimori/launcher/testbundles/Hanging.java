package io.sekimori.launcher.testbundles;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Never returns from its stop. */
public final class Hanging implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        // Nothing to start.
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
