package io.sekimori.launcher.main;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Says what bundles log as a warning or an error to whoever watches the process, so that a system's journal has it. The
 * log service is a bundle whose classes the launcher does not share, hence the reflection (OSGi Compendium 101.6).
 * Thread-safe.
 */
final class LogEcho extends ServiceTracker<Object, Object> {

    private static final String READER = "org.osgi.service.log.LogReaderService";
    private static final Set<String> SAID = Set.of("WARN", "ERROR");

    private final Lines lines;

    LogEcho(BundleContext context, Lines lines) {
        super(context, READER, null);
        this.lines = lines;
    }

    @Override
    public @Nullable Object addingService(ServiceReference<Object> reference) {
        Object reader = super.addingService(reference);
        try {
            ClassLoader loader = reader.getClass().getClassLoader();
            Class<?> listener = loader.loadClass("org.osgi.service.log.LogListener");
            Class<?> entry = loader.loadClass("org.osgi.service.log.LogEntry");
            InvocationHandler handler = (proxy, method, arguments) -> heard(proxy, method, entry, arguments);
            Object ours = Proxy.newProxyInstance(loader, new Class<?>[] {listener}, handler);
            loader.loadClass(READER).getMethod("addLogListener", listener).invoke(reader, ours);
        } catch (ReflectiveOperationException e) {
            lines.say("the log of the bundles is not shown: " + e);
        }
        return reader;
    }

    private @Nullable Object heard(Object proxy, Method method, Class<?> entry, Object @Nullable [] arguments)
            throws ReflectiveOperationException {
        switch (method.getName()) {
            case "logged" -> say(entry, arguments == null ? proxy : arguments[0]);
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return "the launcher's echo";
            }
            default -> {
                return null;
            }
        }
        return null;
    }

    private void say(Class<?> entry, Object logged) throws ReflectiveOperationException {
        String level = String.valueOf(entry.getMethod("getLogLevel").invoke(logged));
        if (SAID.contains(level)) {
            Bundle bundle = (Bundle) entry.getMethod("getBundle").invoke(logged);
            Object thrown = entry.getMethod("getException").invoke(logged);
            lines.say(level + " " + (bundle == null ? "?" : bundle.getSymbolicName()) + ": "
                    + entry.getMethod("getMessage").invoke(logged)
                    + (thrown instanceof Throwable problem ? " (" + causes(problem) + ")" : ""));
        }
    }

    private static String causes(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < 5; depth++) {
            text.append(" <- ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }
}
