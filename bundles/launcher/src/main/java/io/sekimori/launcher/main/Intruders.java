package io.sekimori.launcher.main;

import io.sekimori.launcher.Unadmitted;
import io.sekimori.launcher.UnadmittedListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Keeps, prints and passes on which bundles came around the launcher. Thread-safe. */
final class Intruders {

    private static final int MAX_KEPT = 100;
    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_LOCATION_CHARS = 500;

    private final Lines lines;
    private final Clock clock;
    private final Deque<Unadmitted> seen = new ArrayDeque<>();

    Intruders(Lines lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    List<Unadmitted> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    void report(BundleContext system, Bundle bundle) {
        String name = bundle.getSymbolicName() == null ? "" : bundle.getSymbolicName();
        Unadmitted unadmitted = new Unadmitted(
                bundle.getBundleId(),
                cut(name, MAX_NAME_CHARS),
                cut(bundle.getVersion().toString(), MAX_NAME_CHARS),
                cut(bundle.getLocation(), MAX_LOCATION_CHARS),
                clock.instant());
        synchronized (seen) {
            // The oldest stay: they say how it began.
            if (seen.size() < MAX_KEPT) {
                seen.add(unadmitted);
            }
        }
        lines.say(LauncherCode.UNADMITTED_BUNDLE + ": " + unadmitted.symbolicName() + "/" + unadmitted.version()
                + " from " + unadmitted.location() + " never resolves");
        tellListeners(system, unadmitted);
    }

    private void tellListeners(BundleContext system, Unadmitted unadmitted) {
        Collection<ServiceReference<UnadmittedListener>> listeners;
        try {
            listeners = system.getServiceReferences(UnadmittedListener.class, null);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter is a valid filter", e);
        }
        for (ServiceReference<UnadmittedListener> reference : listeners) {
            UnadmittedListener listener = system.getService(reference);
            if (listener != null) {
                tell(listener, unadmitted);
                system.ungetService(reference);
            }
        }
    }

    private void tell(UnadmittedListener listener, Unadmitted unadmitted) {
        try {
            listener.unadmitted(unadmitted);
        } catch (RuntimeException e) {
            lines.say("a listener failed to hear of an unadmitted bundle: " + e);
        }
    }

    private static String cut(String text, int chars) {
        return text.length() > chars ? text.substring(0, chars) : text;
    }
}
