package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditLog;
import io.sekimori.connection.Application;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Link;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Outbox;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.identity.IdentityException;
import io.sekimori.identity.IdentityListener;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The gateway's one connection to its console's broker. Owns the MQTT client id, so it is replaced, never doubled;
 * requests that arrive meanwhile wait at the broker, notifications on disk.
 *
 * <p>Thread-safe.
 */
@Component(
        name = Settings.PID,
        immediate = true,
        service = {Outbox.class, Link.class, IdentityListener.class, HealthCheck.class},
        property = {HealthCheck.NAME + "=connection to the console", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Settings.Config.class)
public final class MqttConnection implements Outbox, Link, IdentityListener, HealthCheck {

    private final Logger log;
    private final Doorbell bell = new Doorbell();
    private final Applications applications = new Applications();
    private final Standing standing;
    private final Spool spool;
    private final Predecessor predecessor;
    private final Dispatcher dispatcher;
    private final Supervisor supervisor;
    private volatile Settings settings;
    private volatile @Nullable AuditLog auditAtEnd;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable ServiceReference<Identity> identityReference;
    private volatile @Nullable Identity identity;

    /** Called by Declarative Services. */
    @Activate
    public MqttConnection(
            BundleContext context,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log,
            Settings.Config config) {
        this(
                generation.unit().resolve("data").resolve(Settings.PID).resolve("outbox"),
                new Birth(software(context, generation.number()), Clock.systemUTC()),
                Settings.of(config),
                Clock.systemUTC(),
                log);
    }

    MqttConnection(Path outbox, Birth birth, Settings settings, Clock clock, Logger log) {
        this.log = log;
        this.settings = settings;
        this.standing = new Standing(clock);
        AuditDesk desk = new AuditDesk(this::currentAudit, log);
        this.spool = new Spool(outbox, () -> this.settings.outboxBytes(), desk, clock, log);
        this.predecessor = new Predecessor(outbox.resolveSibling("connected"), clock, log);
        Service service = new Service(birth, applications, spool, standing, bell, () -> this.settings, log);
        Replies replies = new Replies(() -> Optional.ofNullable(keys), service, clock, log);
        ScheduledThreadPoolExecutor later = Dispatcher.clock();
        Drops drops = new Drops(
                desk, System::nanoTime, work -> later.schedule(work, Drops.PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        Answering answering = new Answering(applications, desk, drops, System::nanoTime, log);
        this.dispatcher = new Dispatcher(answering, replies, drops, later, settings);
        Backoff backoff = new Backoff(ThreadLocalRandom.current()::nextLong);
        this.supervisor = new Supervisor(this::target, service, dispatcher::accept, standing, backoff, bell, log);
        spool.refresh();
    }

    /** Nothing connects before all that was there at the start has been bound. */
    @Activate
    void begin() {
        supervisor.begin();
    }

    /** A configuration that makes no sense changes nothing. */
    @Modified
    void configure(Settings.Config config) {
        try {
            settings = Settings.of(config);
            dispatcher.configure(settings);
            supervisor.wake();
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is not followed: {}", Settings.PID, e.getMessage());
        }
    }

    /** Answers what has been asked, says good-bye and leaves the rest to a successor. */
    @Deactivate
    void close() {
        auditAtEnd = audit;
        if (status().state() == State.CONNECTED) {
            predecessor.leave();
        }
        dispatcher.close();
        supervisor.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindIdentity(ServiceReference<Identity> reference, Identity service) {
        identityReference = reference;
        identity = service;
        supervisor.wake();
    }

    void unbindIdentity(ServiceReference<Identity> reference) {
        // The replacement is bound first; what goes then is not what is in use.
        if (reference.equals(identityReference)) {
            identity = null;
        }
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindApplication(ServiceReference<Application> reference, Application application) {
        applications.add(reference, application);
        bell.ring();
    }

    void unbindApplication(ServiceReference<Application> reference) {
        applications.remove(reference);
        bell.ring();
    }

    @Override
    public void enrolled(Enrolled now) {
        supervisor.wake();
    }

    @Override
    public void send(Notification notification) throws ConnectionException {
        spool.add(notification);
        bell.ring();
    }

    @Override
    public Status status() {
        return standing.status(spool.size());
    }

    /**
     * Being offline is part of a gateway's life: a warning, never an illness, unless the version that was just replaced
     * was online.
     */
    @Override
    public Result execute() {
        Status now = status();
        if (now.state() == State.CONNECTED) {
            predecessor.reached();
        }
        String says = now.state() + " since " + now.since().truncatedTo(ChronoUnit.SECONDS)
                + (now.detail().isEmpty() ? "" : ", " + now.detail()) + ", " + now.waiting() + " to be sent";
        return new Result(now.state() == State.CONNECTED ? Result.Status.OK : predecessor.offline(now), says);
    }

    private static Birth.Software software(BundleContext context, int generation) {
        return new Birth.Software(
                generation,
                context.getBundle().getVersion().toString(),
                String.valueOf(context.getProperty(Constants.FRAMEWORK_VENDOR)),
                context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getVersion().toString());
    }

    private Optional<Target> target() throws IdentityException {
        Identity current = identity;
        if (current == null) {
            return Optional.empty();
        }
        Optional<Enrolled> who = current.enrolled();
        Optional<SSLContext> tls = current.tls();
        return who.isPresent() && tls.isPresent()
                ? Optional.of(
                        new Target(who.get(), current.model(), current.serial(), tls.get(), current.proxy(), settings))
                : Optional.empty();
    }

    private Optional<AuditLog> currentAudit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd)); // read once
    }
}
