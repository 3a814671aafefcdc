package io.sekimori.itests.framework;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Words sent through the EventAdmin, and those that came back. Loaded only when the api is there. */
final class Events {

    private static final String TOPIC = "itest/greeting";
    private static final String WORD = "word";

    private final Services services;
    private final List<Object> heard = new CopyOnWriteArrayList<>();

    Events(BundleContext context) {
        services = new Services(context);
        EventHandler handler = event -> heard.add(event.getProperty(WORD));
        context.registerService(
                EventHandler.class, handler, new Hashtable<>(Map.of(EventConstants.EVENT_TOPIC, TOPIC)));
    }

    /** Returns when every handler has heard it. */
    void send(String word) throws InterruptedException {
        services.await(EventAdmin.class).sendEvent(new Event(TOPIC, Map.of(WORD, word)));
    }

    List<Object> heard() {
        return heard;
    }
}
