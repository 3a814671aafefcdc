package org.apache.felix.framework;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Start levels that are never reached: under the name of the framework's own class, which has as many letters, it makes a
 * framework that resolves as it should and hangs when it is started.
 */
class FrameworkStartLevelHang implements FrameworkStartLevel {

    FrameworkStartLevelHang(Felix felix, ServiceRegistry registry) {}

    void start() {}

    void stop() {}

    void setStartLevelAndWait(int level) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    BundleStartLevel createBundleStartLevel(BundleImpl bundle) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bundle getBundle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getStartLevel() {
        return 0;
    }

    @Override
    public void setStartLevel(int level, FrameworkListener... listeners) {}

    @Override
    public int getInitialBundleStartLevel() {
        return 1;
    }

    @Override
    public void setInitialBundleStartLevel(int level) {}
}
