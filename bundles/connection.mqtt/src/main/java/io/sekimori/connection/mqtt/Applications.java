package io.sekimori.connection.mqtt;

import io.sekimori.connection.Application;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.osgi.framework.ServiceReference;

/** The applications there are, the one that answers first. Thread-safe. */
final class Applications {

    private final Map<ServiceReference<Application>, Application> installed =
            new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    void add(ServiceReference<Application> reference, Application application) {
        installed.put(reference, application);
    }

    void remove(ServiceReference<Application> reference) {
        installed.remove(reference);
    }

    Optional<Application> find(String id) {
        return installed.entrySet().stream()
                .filter(entry -> id.equals(entry.getKey().getProperty(Application.ID)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Their ids, each one once. Those that could not stand in a list or a topic are left out. */
    SortedSet<String> ids() {
        SortedSet<String> ids = new TreeSet<>();
        for (ServiceReference<Application> reference : installed.keySet()) {
            if (reference.getProperty(Application.ID) instanceof String id && id.matches("[A-Z0-9-]{1,64}")) {
                ids.add(id);
            }
        }
        return ids;
    }
}
