package io.sekimori.example.sensor;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Outbox;
import io.sekimori.vault.Vault;
import io.sekimori.vault.VaultException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/** Measures now and then; keeps, audits and publishes what it measured as far as somebody is there for it. Thread-safe. */
@Component(
        name = Settings.PID,
        immediate = true,
        service = {Sensor.class, HealthCheck.class},
        property = {HealthCheck.NAME + "=example sensor", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Settings.Config.class)
public final class Sensor implements HealthCheck {

    private static final String APPLICATION = "EXAMPLE-SENSOR-V1";
    private static final long GOODBYE_SECONDS = 5;

    private final Machine machine;
    private final Logger log;
    private final History history = new History();
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "sekimori-example-sensor"));
    private volatile Settings settings;
    private volatile boolean above;
    private @Nullable ScheduledFuture<?> measuring;

    // Other bundles' services come and go while this one works: dynamic, greedy, and read once for each use.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Vault vault;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Outbox outbox;

    /** Called by Declarative Services. */
    @Activate
    public Sensor(@Reference(service = LoggerFactory.class) Logger log, Settings.Config config) {
        this(new Machine(Path.of("/"), Clock.systemUTC()), log, Settings.of(config));
    }

    Sensor(Machine machine, Logger log, Settings settings) {
        this.machine = machine;
        this.log = log;
        this.settings = settings;
    }

    /** Begins to measure, the first time at once. */
    @Activate
    synchronized void begin() {
        measuring = executor.scheduleWithFixedDelay(this::measure, 0, settings.seconds(), TimeUnit.SECONDS);
    }

    /** Goes on in another way, without a gap; a configuration that makes no sense changes nothing. */
    @Modified
    synchronized void configure(Settings.Config config) {
        try {
            settings = Settings.of(config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is not followed: {}", Settings.PID, e.getMessage());
            return;
        }
        if (measuring != null) {
            measuring.cancel(false);
            begin();
        }
    }

    /** Ends, after the measurement that is under way. */
    @Deactivate
    void end() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Yellow while something that was measured is not kept. */
    @Override
    public Result execute() {
        int waiting = history.waiting();
        return waiting == 0
                ? new Result(Result.Status.OK, "every measurement is kept")
                : new Result(Result.Status.WARN, waiting + " measurements wait for the vault");
    }

    void measure() {
        Settings now = settings;
        Measurement measurement = machine.measure();
        keep(measurement, now);
        judge(measurement, now);
        if (now.publishing()) {
            publish(measurement);
        }
    }

    private void keep(Measurement measurement, Settings now) {
        try {
            history.add(measurement, Optional.ofNullable(vault), now.kept());
        } catch (VaultException e) {
            log.warn("The measurement waits, since the vault refuses it: {}", e.getMessage());
        }
    }

    // What changes is recorded, not each value: an audit is read by people.
    private void judge(Measurement measurement, Settings now) {
        boolean isAbove = measurement.load().filter(load -> load >= now.limit()).isPresent();
        AuditLog current = audit;
        if (isAbove == above || current == null) {
            return;
        }
        Map<String, String> facts =
                Map.of("load", measurement.load().map(Object::toString).orElse(""), "limit", "" + now.limit());
        String action = isAbove ? "example.sensor.above-limit" : "example.sensor.below-limit";
        try {
            current.append(new AuditEntry(Settings.PID, action, "load", AuditEntry.Verdict.DONE, "", facts));
            above = isAbove;
        } catch (AuditException e) {
            log.warn("The limit was crossed, which cannot be audited yet: {}", e.getMessage());
        }
    }

    // The outbox never waits for the network, and what does not reach the console does not matter here.
    private void publish(Measurement measurement) {
        Outbox current = outbox;
        if (current == null) {
            return;
        }
        try {
            current.send(new Notification(
                    Notification.CONSOLE,
                    APPLICATION,
                    "measurement",
                    Importance.PROGRESS,
                    measurement.metrics(),
                    new byte[0]));
        } catch (ConnectionException e) {
            log.warn("The measurement is not published: {}", e.getMessage());
        }
    }
}
