package io.sekimori.web;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Takes events for one listener. Thread-safe; never waits. */
@ProviderType
public interface EventSink {

    /**
     * Queues an event. A listener who is too slow for the queue is cut off, and comes back with the last id it saw.
     *
     * @param id by which the listener can go on later; empty for none
     * @param type lower-case words joined by dots, such as {@code rollout.changed}
     * @param data values as in {@link Body.Json}
     * @return false if the listener has gone, or is cut off by this
     */
    boolean send(String id, String type, Map<String, ?> data);
}
