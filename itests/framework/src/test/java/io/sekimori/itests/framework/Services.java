package io.sekimori.itests.framework;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/** Waits for services, bounded. */
final class Services {

    private static final long PATIENCE_MILLIS = 10_000;

    private final BundleContext context;

    Services(BundleContext context) {
        this.context = context;
    }

    /** The service of that type, whoever provides it. */
    <S> S await(Class<S> type) throws InterruptedException {
        return type.cast(await("(objectClass=" + type.getName() + ")"));
    }

    /** The service of that type and with that property. */
    <S> S await(Class<S> type, String property, String value) throws InterruptedException {
        return type.cast(await("(&(objectClass=" + type.getName() + ")(" + property + "=" + value + "))"));
    }

    /** The service of that type that this very bundle provides; getting it activates a delayed component. */
    Object await(String type, Bundle provider) throws InterruptedException {
        return await("(&(objectClass=" + type + ")(service.bundleid=" + provider.getBundleId() + "))");
    }

    private Object await(String filter) throws InterruptedException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter(filter), null);
        tracker.open();
        try {
            Object service = tracker.waitForService(PATIENCE_MILLIS);
            if (service == null) {
                throw new AssertionError("no service " + filter);
            }
            return service;
        } finally {
            tracker.close();
        }
    }

    private static Filter filter(String text) {
        try {
            return FrameworkUtil.createFilter(text);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
