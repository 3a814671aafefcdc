package io.sekimori.web;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells one listener what happens. */
@FunctionalInterface
@ConsumerType
public interface EventSource {

    /** What is closed when the listener has gone. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Begins to tell {@code sink}, also from within this call.
     *
     * @param lastEventId the last event that the listener saw before its connection broke; empty if it is new, or has
     *     none. Who cannot go on from there begins with the state of now
     * @return closed when the listener has gone
     */
    Subscription tell(EventSink sink, Optional<String> lastEventId);
}
