package io.sekimori.update.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/**
 * Counts the errors that changed bundles log or that the framework reports of them, and keeps their warnings and errors
 * in the log of the try. Thread-safe.
 */
final class ErrorWatch implements LogListener, FrameworkListener, AutoCloseable {

    private final BundleContext context;
    private final LogReaderService reader;
    private final TransitionLog log;
    private final Set<Long> watched = ConcurrentHashMap.newKeySet();
    private final AtomicInteger errors = new AtomicInteger();

    ErrorWatch(BundleContext context, LogReaderService reader, TransitionLog log) {
        this.context = context;
        this.reader = reader;
        this.log = log;
    }

    void open() {
        reader.addLogListener(this);
        context.addFrameworkListener(this);
    }

    void watch(Bundle bundle) {
        watched.add(bundle.getBundleId());
    }

    int errors() {
        return errors.get();
    }

    @Override
    public void logged(LogEntry entry) {
        Bundle bundle = entry.getBundle();
        if (bundle == null || !watched.contains(bundle.getBundleId()) || isEvent(entry)) {
            return;
        }
        LogLevel level = entry.getLogLevel();
        if (level == LogLevel.ERROR) {
            errors.incrementAndGet();
        }
        if (level.ordinal() <= LogLevel.WARN.ordinal()) {
            log.line(level + " " + bundle.getSymbolicName() + " " + entry.getMessage() + said(entry.getException()));
        }
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == FrameworkEvent.ERROR && bundle != null && watched.contains(bundle.getBundleId())) {
            errors.incrementAndGet();
            log.line("ERROR framework: " + bundle.getSymbolicName() + said(event.getThrowable()));
        }
    }

    @Override
    public void close() {
        reader.removeLogListener(this);
        context.removeFrameworkListener(this);
    }

    // The log service repeats framework events under these names; they are counted once, below.
    private static boolean isEvent(LogEntry entry) {
        return entry.getLoggerName() != null && entry.getLoggerName().startsWith("Events.");
    }

    private static String said(@Nullable Throwable thrown) {
        return thrown == null ? "" : " (" + thrown + ")";
    }
}
