package io.sekimori.launcher.main;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * Felix's own warnings and errors as lines on stderr: its default writes to stdout. It also remembers what went
 * wrong with a bundle, since Felix tells that at once here, and its listeners only later. Thread-safe.
 */
final class FrameworkLog extends Logger {

    private final Lines lines;
    private final Map<Long, Throwable> failures = new ConcurrentHashMap<>();

    FrameworkLog(Lines lines) {
        this.lines = lines;
        setLogLevel(LOG_WARNING);
    }

    /** The first error of the bundle. */
    Optional<Throwable> failure(Bundle bundle) {
        return Optional.ofNullable(failures.get(bundle.getBundleId()));
    }

    @Override
    @SuppressWarnings("rawtypes") // as Felix declares it
    protected void doLog(
            @Nullable Bundle bundle,
            @Nullable ServiceReference reference,
            int level,
            @Nullable String message,
            @Nullable Throwable thrown) {
        if (bundle == null || thrown == null) {
            lines.say("framework: " + message + (thrown == null ? "" : " (" + thrown + ")"));
            return;
        }
        // Felix's message names the location, which is only a hash.
        lines.say("framework: " + WiringReader.name(bundle) + ": " + describe(thrown));
        if (level == LOG_ERROR) {
            failures.putIfAbsent(bundle.getBundleId(), thrown);
        }
    }

    /** The message, and the root cause if it says more. */
    static String describe(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == thrown ? thrown.toString() : thrown.getMessage() + " (" + root + ")";
    }
}
