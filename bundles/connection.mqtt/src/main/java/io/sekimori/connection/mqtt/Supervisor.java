package io.sekimori.connection.mqtt;

import io.sekimori.connection.Link.State;
import io.sekimori.identity.IdentityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Keeps the gateway connected, for ever: on one thread, which begins when there is somebody to connect as, it connects,
 * serves the connection until it is lost or somebody else is to be connected to, pauses and does it again.
 */
final class Supervisor implements AutoCloseable {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration GOOD_WHILE = Duration.ofSeconds(60);
    private static final Duration JOIN = Duration.ofSeconds(6);

    /** Who the gateway is now; empty if nobody. */
    @FunctionalInterface
    interface Targets {
        Optional<Target> now() throws IdentityException;
    }

    private final Targets targets;
    private final Service service;
    private final BiPredicate<String, byte[]> arrivals;
    private final Standing standing;
    private final Backoff backoff;
    private final Doorbell bell;
    private final Logger log;
    private @Nullable Thread thread;
    private boolean open;
    private volatile boolean closing;

    Supervisor(
            Targets targets,
            Service service,
            BiPredicate<String, byte[]> arrivals,
            Standing standing,
            Backoff backoff,
            Doorbell bell,
            Logger log) {
        this.targets = targets;
        this.service = service;
        this.arrivals = arrivals;
        this.standing = standing;
        this.backoff = backoff;
        this.bell = bell;
        this.log = log;
    }

    /** From now on there are connections. */
    synchronized void begin() {
        open = true;
        wake();
    }

    /** Something has changed that may matter: identity, settings. The thread begins when there is work for it. */
    synchronized void wake() {
        if (thread == null && open && !closing && standsFor()) {
            thread = new Thread(this::run, "sekimori-connection");
            thread.start();
        }
        bell.ring();
    }

    /** Ends the connection in good order, within a bounded time. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closing = true;
            running = thread;
        }
        bell.ring();
        if (running != null) {
            try {
                running.join(JOIN.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        standing.is(State.CLOSED, "");
    }

    private boolean standsFor() {
        try {
            return targets.now().isPresent();
        } catch (IdentityException e) {
            return true; // enrolled and not able to prove it: the thread says so, and tries again
        }
    }

    private void run() {
        try {
            while (!closing) {
                step();
            }
        } catch (InterruptedException e) {
            log.debug("Interrupted: no connection any more");
        }
    }

    private void step() throws InterruptedException {
        Optional<Target> target = Optional.empty();
        String why;
        try {
            target = targets.now();
            if (target.isEmpty()) {
                standing.is(State.NOT_ENROLLED, "");
                bell.await(LONG);
                return;
            }
            why = connected(target.get());
        } catch (IdentityException e) {
            why = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            // Nothing here is expected to throw, but then nobody would connect any more.
            log.error("The connection failed in a way that is not known", e);
            why = Session.reason(e);
        }
        if (!over(target)) {
            pause(target, why);
        }
    }

    /** Connects, and returns when and why there is no connection any more. */
    private String connected(Target target) throws InterruptedException {
        standing.is(State.CONNECTING, target.broker().toString());
        long begun = System.nanoTime();
        String why;
        try (Session session = new Session(target.endpoint(), arrivals, bell, log)) {
            why = service.run(session, target, () -> over(Optional.of(target)));
        } catch (MqttException e) {
            why = Session.reason(e);
        }
        if (System.nanoTime() - begun > GOOD_WHILE.toNanos()) {
            backoff.reset();
        }
        return why;
    }

    private void pause(Optional<Target> target, String why) throws InterruptedException {
        Settings settings = service.settings();
        Duration pause = backoff.next(settings.leastPause(), settings.longestPause());
        log.info("No connection ({}); the next attempt is in {} ms", why, pause.toMillis());
        standing.waits(why, pause);
        long end = System.nanoTime() + pause.toNanos();
        while (!over(target) && System.nanoTime() < end) {
            bell.await(Duration.ofNanos(end - System.nanoTime()).plusMillis(1));
        }
    }

    /** Whether this target is not to be connected to any more. */
    private boolean over(Optional<Target> target) {
        if (closing) {
            return true;
        }
        try {
            Optional<Target> now = targets.now();
            return target.isPresent() && (now.isEmpty() || !target.get().servesFor(now.get()));
        } catch (IdentityException e) {
            return false; // what runs goes on
        }
    }
}
