package io.sekimori.demo.traffic;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/** Sends an event whose handler takes the whole length of the call: the call is inside the {@code EventAdmin}. */
record EventConversation(Supplier<@Nullable EventAdmin> events, AtomicBoolean seen) implements Conversation {

    static final String TOPIC = "io/sekimori/demo/CALL";
    static final String ARRIVED = "arrived";
    static final String LENGTH_NANOS = "length.nanos";

    @Override
    public String name() {
        return "events";
    }

    @Override
    public boolean expected() {
        return seen.get() || events.get() != null;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        EventAdmin admin = events.get();
        if (admin == null) {
            throw new LostCall("no EventAdmin", null);
        }
        seen.set(true);
        AtomicBoolean arrived = new AtomicBoolean();
        try {
            admin.sendEvent(new Event(TOPIC, Map.of(ARRIVED, arrived, LENGTH_NANOS, length.toNanos())));
        } catch (RuntimeException e) {
            throw new LostCall("EventAdmin", e);
        }
        if (!arrived.get()) {
            throw new LostCall("an event was not delivered", null);
        }
    }
}
