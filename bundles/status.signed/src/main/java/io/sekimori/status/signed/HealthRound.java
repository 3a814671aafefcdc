package io.sekimori.status.signed;

import io.sekimori.status.HealthStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Every health check once, each for a bounded time. Its threads end by themselves soon after. Thread-safe. */
final class HealthRound {

    private static final int MOST = 200;
    private static final long LIMIT_MILLIS = 2000;

    private final BundleContext context;
    private final ThreadPoolExecutor pool;

    HealthRound(BundleContext context) {
        this.context = context;
        this.pool = new ThreadPoolExecutor(0, 8, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "sekimori-status-health");
            thread.setDaemon(true); // a check that hangs must not keep the process
            return thread;
        });
    }

    List<HealthStatus> all() {
        List<HealthStatus> found = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : references()) {
            HealthCheck check = context.getService(reference);
            if (check != null) {
                try {
                    found.add(run(reference, check));
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        found.sort(Comparator.comparing(HealthStatus::name));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private HealthStatus run(ServiceReference<HealthCheck> reference, HealthCheck check) {
        String name = Objects.requireNonNullElse(reference.getProperty(HealthCheck.NAME), "health check")
                .toString();
        try {
            Future<Result> running = pool.submit(check::execute);
            try {
                Result result = running.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
                return new HealthStatus(name, result.getStatus().name(), says(result));
            } catch (TimeoutException e) {
                running.cancel(true);
                return new HealthStatus(name, "TIMED_OUT", "no answer within " + LIMIT_MILLIS + " ms");
            }
        } catch (ExecutionException e) {
            return new HealthStatus(name, "FAILED", String.valueOf(e.getCause()));
        } catch (RejectedExecutionException e) {
            return new HealthStatus(name, "NOT_RUN", "too many checks hang");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new HealthStatus(name, "NOT_RUN", "interrupted");
        }
    }

    private static String says(Result result) {
        StringBuilder says = new StringBuilder();
        result.forEach(entry -> {
            if (entry.getStatus() == result.getStatus() && says.length() < 300) {
                says.append(says.isEmpty() ? "" : "; ").append(entry.getMessage());
            }
        });
        return says.toString();
    }

    private List<ServiceReference<HealthCheck>> references() {
        try {
            return List.copyOf(context.getServiceReferences(HealthCheck.class, null));
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter has no syntax", e);
        }
    }
}
