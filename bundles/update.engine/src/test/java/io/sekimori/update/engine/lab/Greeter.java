package io.sekimori.update.engine.lab;

import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LoggerFactory;

/** Offers a {@code Supplier} that says its version; the header {@code Lab-Behaviour} makes it misbehave. */
public final class Greeter implements BundleActivator {

    private String behaviour = "";

    @Override
    public void start(BundleContext context) {
        behaviour =
                Objects.requireNonNullElse(context.getBundle().getHeaders("").get("Lab-Behaviour"), "");
        String version = context.getBundle().getVersion().toString();
        if (behaviour.equals("throw")) {
            throw new IllegalStateException("will not start");
        }
        Supplier<String> greeting = () -> version;
        context.registerService(
                Supplier.class,
                greeting,
                new Hashtable<>(Map.of("name", context.getBundle().getSymbolicName())));
        if (behaviour.equals("noisy")) {
            ServiceReference<LoggerFactory> log = context.getServiceReference(LoggerFactory.class);
            for (int i = 0; i < 10; i++) {
                context.getService(log).getLogger(Greeter.class).error("trouble {}", i);
            }
        }
        long start = System.nanoTime();
        AtomicInteger asked = new AtomicInteger();
        HealthCheck check = () -> {
            if (behaviour.equals("deaf") || behaviour.equals("slow") && asked.getAndIncrement() == 0) {
                untilInterrupted();
            }
            return new Result(status(start), behaviour);
        };
        context.registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "greeting")));
    }

    @Override
    public void stop(BundleContext context) throws InterruptedException {
        if (behaviour.equals("hang")) {
            new CountDownLatch(1).await(8, TimeUnit.SECONDS); // longer than the deadline of the test
        }
        if (behaviour.equals("grumble")) {
            throw new IllegalStateException("does not like to stop");
        }
    }

    private static void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result.Status status(long start) {
        if (behaviour.equals("sick")) {
            return Result.Status.CRITICAL;
        }
        boolean late = System.nanoTime() - start > 400_000_000L;
        return behaviour.equals("sickly") && late ? Result.Status.CRITICAL : Result.Status.OK;
    }
}
