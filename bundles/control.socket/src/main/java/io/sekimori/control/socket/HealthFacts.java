package io.sekimori.control.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The results of all health checks, each run for a bounded time. Thread-safe. */
final class HealthFacts implements AutoCloseable {

    private static final long LIMIT_MILLIS = 2000;

    private final BundleContext context;
    private final ThreadPoolExecutor pool;

    HealthFacts(BundleContext context) {
        this.context = context;
        this.pool = new ThreadPoolExecutor(0, 4, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            Thread thread = new Thread(work, "sekimori-control-health");
            thread.setDaemon(true); // a check that hangs must not keep the process
            return thread;
        });
    }

    List<Map<String, Object>> all() {
        List<Map<String, Object>> facts = new ArrayList<>();
        for (ServiceReference<HealthCheck> reference : references()) {
            HealthCheck check = context.getService(reference);
            if (check != null) {
                try {
                    facts.add(facts(reference, check));
                } finally {
                    context.ungetService(reference);
                }
            }
        }
        return facts;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private Map<String, Object> facts(ServiceReference<HealthCheck> reference, HealthCheck check) {
        Bundle bundle = reference.getBundle();
        String name = Objects.requireNonNullElse(reference.getProperty(HealthCheck.NAME), "health check")
                .toString();
        String owner = bundle == null ? "" : bundle.getSymbolicName();
        String status;
        String says = "";
        try {
            Future<Result> running = pool.submit(check::execute);
            try {
                Result result = running.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
                status = result.getStatus().name();
                says = says(result);
            } catch (TimeoutException e) {
                running.cancel(true);
                status = "TIMED_OUT";
            }
        } catch (ExecutionException e) {
            status = "FAILED";
            says = String.valueOf(e.getCause());
        } catch (RejectedExecutionException e) {
            status = "NOT_RUN";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            status = "NOT_RUN";
        }
        return Map.of("name", name, "bundle", owner, "status", status, "says", says);
    }

    private static String says(Result result) {
        StringBuilder says = new StringBuilder();
        result.forEach(entry -> {
            if (entry.getStatus() == result.getStatus() && says.length() < 500) {
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
