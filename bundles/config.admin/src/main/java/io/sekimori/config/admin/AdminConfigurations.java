package io.sekimori.config.admin;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.ConfigurationCheck;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.MetaTypeService;

/**
 * Configurations with their history in {@code data/io.sekimori.config.admin}. Two versions of it may run beside each
 * other, and a call that comes after deactivation is served like any other.
 *
 * <p>Thread-safe.
 */
@Component(
        service = {Configurations.class, ConfigurationListener.class, HealthCheck.class},
        immediate = true,
        property = {HealthCheck.NAME + "=configurations", HealthCheck.TAGS + "=sekimori"})
public final class AdminConfigurations implements Configurations, ConfigurationListener, HealthCheck {

    private static final String BUNDLE = "io.sekimori.config.admin";

    private final RunningGeneration generation;
    private final Awakening awakening;
    private final Parts parts;
    private final Changes changes;
    private final WayBack wayBack;
    private final Defaults defaults;
    private final Outside outside;
    private volatile @Nullable AuditLog auditAtEnd;
    private volatile List<ConfigurationCheck> checksAtEnd = List.of();

    // Dynamic, so that a swap of the audit does not restart the configurations. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    volatile List<ConfigurationCheck> checks = List.of();

    /** Called by Declarative Services. */
    @Activate
    public AdminConfigurations(
            BundleContext context,
            @Reference RunningGeneration generation,
            @Reference ConfigurationAdmin admin,
            @Reference MetaTypeService metatype,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(
                generation,
                new Storage(generation.unit().resolve("data").resolve(BUNDLE)),
                new FrameworkAdmin(lasting(context)),
                new MetatypeSchemas(systemContext(context)::getBundles, metatype),
                log,
                Awakening.thisProcess());
    }

    AdminConfigurations(
            RunningGeneration generation,
            Storage storage,
            AdminPort admin,
            Schemas schemas,
            Logger log,
            String process) {
        Clock clock = Clock.systemUTC();
        AuditDesk desk = new AuditDesk(this::currentAudit, log);
        parts = Parts.in(storage, admin, schemas, desk, clock, log);
        changes = new Changes(parts, new Sense(this::currentChecks));
        wayBack = new WayBack(parts, clock, log);
        defaults = new Defaults(parts, wayBack);
        outside = new Outside(parts, log);
        this.generation = generation;
        awakening = new Awakening(storage.folder(), parts, defaults, log, process);
    }

    /** Called by Declarative Services when the audit is there, if there is one. */
    @Activate
    void awake() {
        awakening.run(generation);
    }

    /** Keeps the audit, and who looks at changes, for calls that are still to come. */
    @Deactivate
    void release() {
        auditAtEnd = audit;
        checksAtEnd = checks;
    }

    @Override
    public List<Description> describe(Locale locale) {
        return parts.schemas().all(locale).stream().map(Describing::describe).toList();
    }

    @Override
    public Optional<Configuration> read(String pid) throws ConfigException {
        if (!Pid.isWellFormed(pid)) {
            return Optional.empty();
        }
        Optional<Schema> schema = parts.schemas().of(pid);
        return parts.inForce().current(pid).map(version -> Showing.show(version, schema));
    }

    @Override
    public ChangeOutcome change(Change change) {
        return changes.change(change);
    }

    @Override
    public ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship) {
        return changes.remove(pid, expectedVersion, authorship);
    }

    @Override
    public List<VersionFacts> history(String pid) throws ConfigException {
        return Pid.isWellFormed(pid) ? parts.history().facts(pid) : List.of();
    }

    @Override
    public ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship) {
        return changes.restore(pid, version, expectedVersion, authorship);
    }

    @Override
    public Snapshot snapshot(Set<String> bundlesOrPids) throws ConfigException {
        return wayBack.snapshot(bundlesOrPids);
    }

    @Override
    public List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship) {
        return wayBack.restore(snapshot, authorship);
    }

    @Override
    public void forget(Snapshot snapshot) {
        wayBack.forget(snapshot);
    }

    @Override
    public List<ChangeOutcome> applyDefaults(long generation, Map<String, Map<String, Object>> configurations) {
        return defaults.apply(generation, configurations);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) {
            outside.look(event.getPid());
        }
    }

    /** Looks whether every history can be read and a change could be begun, and whether every name means something. */
    @Override
    public Result execute() {
        try {
            List<String> pids = parts.history().pids();
            for (String pid : pids) {
                parts.history().current(pid);
            }
            int untold = parts.exclusively().run(this::tellAudit);
            if (untold > 0) {
                return new Result(Result.Status.WARN, untold + " changes are still to be audited");
            }
            List<String> unknown = new UnknownNames(parts.history(), parts.schemas()).find();
            return unknown.isEmpty()
                    ? new Result(Result.Status.OK, pids.size() + " configurations")
                    : new Result(
                            Result.Status.WARN,
                            "the generation sets what no bundle describes: " + String.join(", ", unknown));
        } catch (ConfigException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }

    private int tellAudit() throws ConfigException {
        try {
            parts.unaudited().catchUp(parts.audit());
            return parts.unaudited().count();
        } catch (IOException e) {
            throw new ConfigException(ConfigCode.HISTORY_UNREADABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable AuditLog currentAudit() {
        return Lasting.of(audit, auditAtEnd);
    }

    private List<ConfigurationCheck> currentChecks() {
        List<ConfigurationCheck> now = checks; // read once: the framework sets another list
        return now.isEmpty() ? checksAtEnd : now;
    }

    // A ConfigurationAdmin got in the name of this bundle is dead once the bundle stops, and a call may come after
    // that. Got in the name of the framework it lives as long as the framework.
    private static Supplier<ConfigurationAdmin> lasting(BundleContext context) {
        BundleContext system = systemContext(context);
        ServiceReference<ConfigurationAdmin> reference = system.getServiceReference(ConfigurationAdmin.class);
        ConfigurationAdmin admin = reference == null ? null : system.getService(reference);
        return () -> {
            if (admin == null) {
                throw new IllegalStateException("no ConfigurationAdmin");
            }
            return admin;
        };
    }

    private static BundleContext systemContext(BundleContext context) {
        return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    }
}
