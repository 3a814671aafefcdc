package io.sekimori.update.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Runs health checks addressed to the bundle that registers them, each on a thread of a small pool and for a bounded
 * time. Doubt is not health: a check that throws, hangs or finds no thread is not well. Thread-safe.
 */
final class HealthChecks implements AutoCloseable {

    private static final int MOST_AT_ONCE = 8;

    /**
     * What one check says.
     *
     * @param name of the check, with its bundle's symbolic name in front
     * @param well whether it is {@code OK} or {@code WARN}
     * @param later whether it asks for patience, or gave no answer in time
     */
    record Finding(String name, boolean well, boolean later, String says) {}

    private final BundleContext context;
    private final long limitMillis;
    private final ThreadPoolExecutor pool;

    HealthChecks(BundleContext context, long limitMillis) {
        this.context = context;
        this.limitMillis = limitMillis;
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(0, MOST_AT_ONCE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "sekimori-update-health-" + number.incrementAndGet());
            thread.setDaemon(true); // one that hangs must not keep the process
            return thread;
        });
    }

    /** Runs every check of one bundle. */
    List<Finding> of(Bundle bundle) {
        return run(reference -> bundle.equals(reference.getBundle()));
    }

    /** Names of all checks that are well now. */
    Set<String> well() {
        Set<String> names = new TreeSet<>();
        // With threads of its own: checks that hang and have nothing to do with this update must not use up those for
        // the bundles that are updated, perhaps because of that very hanging.
        try (HealthChecks survey = new HealthChecks(context, limitMillis)) {
            survey.run(reference -> true).stream()
                    .filter(Finding::well)
                    .map(Finding::name)
                    .forEach(names::add);
        }
        return names;
    }

    /** Runs the checks of these names. */
    List<Finding> named(Set<String> names) {
        return run(reference -> names.contains(name(reference)));
    }

    /** Runs the checks that satisfy the condition. */
    List<Finding> run(Predicate<ServiceReference<HealthCheck>> wanted) {
        List<Finding> findings = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : references()) {
            if (wanted.test(reference)) {
                run(reference).ifPresent(findings::add);
            }
        }
        return findings;
    }

    static String name(ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        Object name = reference.getProperty(HealthCheck.NAME);
        Object component = reference.getProperty("component.name");
        return (bundle == null ? "?" : bundle.getSymbolicName()) + ": "
                + Objects.requireNonNullElse(name, Objects.requireNonNullElse(component, "health check"));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private Optional<Finding> run(ServiceReference<HealthCheck> reference) {
        String name = name(reference);
        HealthCheck check = context.getService(reference);
        if (check == null) {
            // Gone between listing and asking is what a swap does; registered and not to be had is a fault.
            return reference.getBundle() == null
                    ? Optional.empty()
                    : Optional.of(new Finding(name, false, false, "the check cannot be had"));
        }
        try {
            return Optional.of(finding(name, check::execute));
        } finally {
            context.ungetService(reference);
        }
    }

    private Finding finding(String name, Callable<Result> check) {
        try {
            Future<Result> running = pool.submit(check);
            try {
                return finding(name, running.get(limitMillis, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                running.cancel(true);
                // A machine that is busy for a moment answers the next time; one that hangs is out of time in the end.
                return new Finding(name, false, true, "no answer within " + limitMillis + " ms");
            }
        } catch (ExecutionException e) {
            return new Finding(name, false, false, "the check failed: " + e.getCause());
        } catch (RejectedExecutionException e) {
            return new Finding(name, false, false, "too many checks hang");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Finding(name, false, false, "interrupted");
        }
    }

    private static Finding finding(String name, @Nullable Result result) {
        if (result == null) {
            return new Finding(name, false, false, "the check answered nothing");
        }
        Result.Status status = result.getStatus();
        boolean well = status == Result.Status.OK || status == Result.Status.WARN;
        StringBuilder says = new StringBuilder(status.name());
        result.forEach(entry -> {
            if (entry.getStatus() == status && says.length() < 300) {
                says.append(": ").append(entry.getMessage());
            }
        });
        return new Finding(name, well, status == Result.Status.TEMPORARILY_UNAVAILABLE, says.toString());
    }

    private List<ServiceReference<HealthCheck>> references() {
        try {
            return List.copyOf(context.getServiceReferences(HealthCheck.class, null));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter has no syntax", e);
        }
    }
}
