package io.sekimori.web.jetty;

import io.sekimori.access.Access;
import io.sekimori.web.CallerCertificates;
import io.sekimori.web.Permission;
import io.sekimori.web.Resource;
import io.sekimori.web.Route;
import io.sekimori.web.RouteTable;
import io.sekimori.web.ServerTls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
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

/**
 * Serves all resources over HTTPS on one port, with a Jetty of its own. Owns the port, so it is replaced and not
 * overlapped; resources come and go without it. A port that another program has is tried again until it is free.
 *
 * <p>Thread-safe.
 */
@Component(
        immediate = true,
        service = {RouteTable.class, HealthCheck.class},
        configurationPid = Settings.PID,
        property = {HealthCheck.NAME + "=web", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Settings.Config.class)
@Capability(
        namespace = "io.sekimori.port",
        attribute = {"transport=tcp", "port=8443", "pid=" + Settings.PID, "key=port"})
public final class JettyWeb implements RouteTable, HealthCheck, Parts, AutoCloseable {

    private final EventStreams events = new EventStreams();
    private final Door door;
    private volatile Known known = new Known(List.of(), new Table(List.of()));

    // Dynamic, so that swaps of others do not close the port. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<Resource> resources = List.of();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ServerTls tls;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable CallerCertificates certificates;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Access access;

    /** The table of one list of resources; a new list means a new table. */
    private record Known(List<Resource> resources, Table table) {}

    /** Called by Declarative Services. */
    @Activate
    public JettyWeb(@Reference(service = LoggerFactory.class) Logger log, Settings.Config config) {
        this(log, Settings.of(config));
    }

    JettyWeb(Logger log, Settings settings) {
        Faults faults = new Faults(log);
        Answers answers = new Answers(new StoredFiles(), events, faults);
        // Jetty ties a handler to one server, and two ports are open while one gives way to another.
        this.door = new Door(
                settings,
                wanted -> Listener.open(wanted, () -> tls, new Dispatcher(this, answers, faults, wanted)),
                log);
    }

    /** Opens the port; goes on trying if it is taken. */
    @Activate
    void open() {
        door.open();
    }

    /** Takes a new configuration: another port is opened before the one of before is closed, the same one after. */
    @Modified
    void apply(Settings.Config config) throws IOException {
        move(Settings.of(config));
    }

    void move(Settings next) throws IOException {
        door.move(next);
    }

    /** Closes the port; requests under way have a bounded time to end. */
    @Deactivate
    @Override
    public void close() {
        events.close();
        door.close();
    }

    /** Looks at once whether all who listen still may. */
    void lookAtListeners() {
        events.beat();
    }

    /** The port that is open; 0 if none is. */
    int port() {
        return door.port();
    }

    @Override
    public List<Route> routes() {
        return table().routes();
    }

    @Override
    public Table table() {
        List<Resource> now = resources; // read once: one request, one table
        Known last = known;
        if (last.resources() != now) {
            List<Resource> best = new ArrayList<>(now);
            // Declarative Services gives the one that wins last.
            Collections.reverse(best);
            last = new Known(now, new Table(best));
            known = last;
        }
        return last.table();
    }

    @Override
    public @Nullable Access access() {
        return access;
    }

    @Override
    public @Nullable CallerCertificates certificates() {
        return certificates;
    }

    /** Says what is missing for a whole service. */
    @Override
    public Result execute() {
        // A warning: an update that mends it, or that is about something else, must not be refused for this.
        if (port() == 0) {
            return new Result(Result.Status.WARN, "the port is not open: " + door.refused());
        }
        List<String> missing = new ArrayList<>();
        if (tls == null) {
            missing.add("the server's certificate");
        }
        if (access == null) {
            missing.add("access control");
        }
        if (certificates == null && routes().stream().anyMatch(route -> route.permission() == Permission.GATEWAY)) {
            missing.add("who knows gateways");
        }
        return missing.isEmpty()
                ? new Result(Result.Status.OK, "port " + port() + ", " + routes().size() + " routes")
                : new Result(Result.Status.WARN, "missing: " + String.join(", ", missing));
    }
}
