package io.sekimori.connection.mqtt;

import io.sekimori.connection.ConnectionCode;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.paho.client.mqttv3.MqttException;

/**
 * Takes what waits in the spool to the broker, some at a time, in order, and removes what the broker has acknowledged.
 * A broker may answer a message by closing the connection, always; then this one is sent alone, and at the fifth time
 * given up, so that it does not keep all others from going. Confined to the supervisor's thread.
 */
final class Postman {

    private static final int WINDOW = 16;
    private static final int MOST_STRIKES = 5;
    private static final long AT_ONCE_NANOS = Duration.ofSeconds(3).toNanos();

    private final Spool spool;
    private final LongSupplier nanoTime;
    private final Map<String, Integer> strikes = new HashMap<>();
    private Set<String> inFlight = Set.of();
    private Set<String> unreadable = Set.of();
    private long sentAt;

    Postman(Spool spool, LongSupplier nanoTime) {
        this.spool = spool;
        this.nanoTime = nanoTime;
    }

    /** A new connection: everything not acknowledged goes again. */
    void begin() {
        inFlight = ConcurrentHashMap.newKeySet();
        unreadable = new HashSet<>();
        spool.refresh();
    }

    /** Sends what there is, as far as the window allows. */
    void pump(Session session, String account, String gateway) throws MqttException {
        Set<String> flying = inFlight;
        strikes.keySet().removeIf(name -> !spool.has(name));
        // Those under way are among the oldest, so this many names hold all that the window has room for.
        for (String name : spool.oldest(2 * WINDOW + unreadable.size())) {
            if (flying.size() >= (strikes.isEmpty() ? WINDOW : 1)) {
                return;
            }
            if (!flying.contains(name) && !unreadable.contains(name)) {
                Optional<Queued> queued = spool.read(name);
                if (queued.isPresent()) {
                    send(session, name, queued.get(), account, gateway, flying);
                } else {
                    unreadable.add(name);
                }
            }
        }
    }

    /** The connection was lost by no will of ours. */
    void interrupted() {
        if (nanoTime.getAsLong() - sentAt > AT_ONCE_NANOS) {
            return; // it was not what was sent
        }
        inFlight.stream().sorted().findFirst().ifPresent(oldest -> {
            if (strikes.merge(oldest, 1, Integer::sum) >= MOST_STRIKES) {
                strikes.remove(oldest);
                spool.giveUp(
                        oldest, ConnectionCode.NOTIFICATION_UNWANTED, "the broker closes the connection at this one");
            }
        });
    }

    private void send(Session session, String name, Queued queued, String account, String gateway, Set<String> flying)
            throws MqttException {
        String topic;
        try {
            topic = queued.topic(account, gateway).text();
        } catch (MalformedMessage e) {
            spool.giveUp(name, ConnectionCode.MESSAGE_MALFORMED, String.valueOf(e.getMessage()));
            return;
        }
        flying.add(name);
        sentAt = nanoTime.getAsLong();
        session.publish(topic, PayloadCodec.pack(queued.payload()), Session.AT_LEAST_ONCE, () -> {
            spool.remove(name); // first: what is neither there nor under way would be sent again
            flying.remove(name);
        });
    }
}
