package io.sekimori.connection.mqtt;

import io.sekimori.connection.Link.State;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.Topic.Lifecycle.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * What is done with one connection: birth, subscription, then announcements, notifications and replies until its end.
 * Runs on the supervisor's thread; replies come from any.
 */
final class Service implements Wire {

    private static final Duration TICK = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Birth birth;
    private final Applications applications;
    private final Spool spool;
    private final Postman postman;
    private final Standing standing;
    private final Doorbell bell;
    private final Supplier<Settings> settings;
    private final Logger log;
    private volatile @Nullable Session current;

    Service(
            Birth birth,
            Applications applications,
            Spool spool,
            Standing standing,
            Doorbell bell,
            Supplier<Settings> settings,
            Logger log) {
        this.birth = birth;
        this.applications = applications;
        this.spool = spool;
        this.postman = new Postman(spool, System::nanoTime);
        this.standing = standing;
        this.bell = bell;
        this.settings = settings;
        this.log = log;
    }

    Settings settings() {
        return settings.get();
    }

    @Override
    public boolean publish(String topic, byte[] message) {
        Session session = current;
        if (session == null) {
            return false;
        }
        try {
            session.publish(topic, message, Session.AT_MOST_ONCE, () -> {});
            return true;
        } catch (MqttException e) {
            log.debug("A message could not be sent: {}", e.getMessage());
            return false;
        }
    }

    /** Returns when the connection could not be made, was lost or is no longer wanted, with the reason. */
    String run(Session session, Target target, BooleanSupplier over) throws InterruptedException {
        try {
            Set<String> announced = applications.ids();
            Optional<String> failure = establish(session, target, announced, over);
            if (failure.isPresent()) {
                return failure.get();
            }
            standing.is(State.CONNECTED, target.broker().toString());
            log.info("Connected to {} as {}", target.broker(), target.who().id());
            postman.begin();
            serve(session, target, announced, over);
            if (session.lost() == null) {
                byte[] farewell = PayloadCodec.pack(birth.farewell(target.serial()));
                // Whoever disconnects throws away what the client has not sent yet.
                await(
                        session.publish(target.lifecycle(Stage.DC), farewell, Session.AT_MOST_ONCE, () -> {}),
                        FAREWELL,
                        session,
                        () -> false);
                return "closed";
            }
            postman.interrupted();
            return String.valueOf(session.lost());
        } catch (MqttException e) {
            return Session.reason(e);
        } finally {
            current = null;
        }
    }

    private Optional<String> establish(Session session, Target target, Set<String> announced, BooleanSupplier over)
            throws MqttException, InterruptedException {
        Duration timeout = target.settings().timeout();
        // With the broker's answer come the requests that waited there; their replies go out by this session, too.
        current = session;
        Optional<String> failure = await(session.connect(), timeout, session, over);
        if (failure.isPresent()) {
            return failure;
        }
        failure = await(announce(session, target, Stage.BIRTH, announced), timeout, session, over);
        if (failure.isPresent()) {
            return failure;
        }
        IMqttToken subscription = session.subscribe(target.subscription());
        failure = await(subscription, timeout, session, over);
        if (failure.isEmpty() && !Session.granted(subscription)) {
            return Optional.of("the broker refuses the subscription " + target.subscription());
        }
        return failure;
    }

    private void serve(Session session, Target target, Set<String> atBirth, BooleanSupplier over)
            throws MqttException, InterruptedException {
        Set<String> announced = atBirth;
        long changed = 0;
        long ticked = System.nanoTime();
        while (session.lost() == null && !over.getAsBoolean()) {
            postman.pump(session, target.who().account(), target.who().id());
            Set<String> present = applications.ids();
            long now = System.nanoTime();
            Duration wait = TICK;
            if (present.equals(announced)) {
                changed = 0;
            } else if (changed == 0) {
                changed = now;
                wait = settings().appsDelay();
            } else {
                Duration left = settings().appsDelay().minusNanos(now - changed);
                if (left.isNegative() || left.isZero()) {
                    announce(session, target, Stage.APPS, present);
                    announced = present;
                } else {
                    wait = left;
                }
            }
            if (now - ticked > TICK.toNanos()) {
                spool.refresh();
                ticked = now;
            }
            bell.await(wait.compareTo(TICK) < 0 ? wait : TICK);
        }
    }

    private IMqttToken announce(Session session, Target target, Stage stage, Set<String> applicationIds)
            throws MqttException {
        byte[] message = PayloadCodec.pack(birth.payload(target.model(), target.serial(), applicationIds));
        return session.publish(target.lifecycle(stage), message, Session.AT_LEAST_ONCE, () -> {});
    }

    /** Waits until a step is done; the reason if it was not. */
    private Optional<String> await(IMqttToken step, Duration timeout, Session session, BooleanSupplier over)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        // A step that failed never counts as complete.
        while (!step.isComplete() && step.getException() == null) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (left.isNegative() || over.getAsBoolean()) {
                return Optional.of(left.isNegative() ? "no answer within " + timeout.toSeconds() + " s" : "closed");
            }
            if (session.lost() != null) {
                return Optional.of(String.valueOf(session.lost()));
            }
            bell.await(left.plusMillis(1));
        }
        return step.getException() == null ? Optional.empty() : Optional.of(Session.reason(step.getException()));
    }
}
