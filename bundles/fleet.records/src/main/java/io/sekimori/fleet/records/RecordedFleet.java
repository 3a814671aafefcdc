package io.sekimori.fleet.records;

import io.sekimori.audit.AuditLog;
import io.sekimori.authority.Authority;
import io.sekimori.authority.EnrolmentListener;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.fleet.Census;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Page;
import io.sekimori.fleet.Registration;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.ReportListener;
import io.sekimori.fleet.Sign;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Records;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The fleet in the console's records. Keeps nothing that the records do not have but what spares them writes. Thread-safe. */
@Component(
        service = {Fleet.class, EnrolmentListener.class},
        configurationPid = RecordedFleet.PID)
@Designate(ocd = RecordedFleet.Config.class)
public final class RecordedFleet implements Fleet, EnrolmentListener {

    static final String PID = "io.sekimori.fleet.records";

    /** What can be configured. */
    @ObjectClassDefinition(localization = "OSGI-INF/l10n/fleet", name = "%name", description = "%description")
    @interface Config {

        @AttributeDefinition(name = "%hours.name", description = "%hours.description", min = "1", max = "8760")
        int activation_hours() default 72;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Authority authority;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable Authority authorityAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<ReportListener> listeners = List.of();

    private volatile List<ReportListener> listenersAtEnd = List.of();

    private final Logger log;
    private final FleetRecords tables;
    private final Orders orders;
    private final Bindings bindings;
    private final Contacts contacts;
    private final Drops drops;
    private final ReportIntake intake;
    private volatile Duration validFor;

    /** Called by Declarative Services; touches no record. */
    @Activate
    public RecordedFleet(@Reference(service = LoggerFactory.class) Logger log, Config config) {
        this(log, Clock.systemUTC(), Duration.ofHours(config.activation_hours()));
    }

    RecordedFleet(Logger log, Clock clock, Duration validFor) {
        this.log = log;
        this.validFor = validFor;
        Ledger ledger = new Ledger(new SecureRandom());
        Trace trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        tables = new FleetRecords(() -> Lasting.of(records, recordsAtEnd));
        orders = new Orders(tables, ledger, trace, () -> Lasting.of(authority, authorityAtEnd), clock);
        bindings = new Bindings(tables, ledger, trace, () -> Lasting.of(authority, authorityAtEnd));
        contacts = new Contacts(tables, clock);
        drops = new Drops(tables, clock);
        intake = new ReportIntake(tables, bindings, drops, trace, clock);
    }

    /** Takes a new configuration without the service going away. */
    @Modified
    void apply(Config config) {
        validFor = Duration.ofHours(config.activation_hours());
    }

    /** Writes what was only counted. */
    @Deactivate
    void release() {
        // For calls that are still under way, or that were about to be made.
        listenersAtEnd = listeners;
        recordsAtEnd = records;
        authorityAtEnd = authority;
        auditAtEnd = audit;
        try {
            drops.flush();
        } catch (FleetException e) {
            log.warn("Dropped reports could not be counted: {}", e.getMessage());
        }
    }

    @Override
    public FleetAnswer register(Registration registration, String actor) throws FleetException {
        return orders.register(registration, validFor, actor);
    }

    @Override
    public FleetAnswer activation(String id, String actor) throws FleetException {
        return orders.activation(id, validFor, actor);
    }

    @Override
    public FleetAnswer label(String id, Set<String> labels, OptionalLong revision, String actor) throws FleetException {
        return orders.label(id, labels, revision, actor);
    }

    @Override
    public FleetAnswer move(String id, Life life, OptionalLong revision, String actor) throws FleetException {
        return orders.move(id, life, revision, actor);
    }

    @Override
    public Page page(Filter filter, Optional<String> after, int limit) throws FleetException {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_PAGE);
        }
        // One more than asked for tells whether there is a next page.
        List<Gateway> found = tables.read(connection -> GatewayRows.page(connection, filter, after, limit + 1));
        return found.size() <= limit
                ? new Page(found, Optional.empty())
                : new Page(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).serial()));
    }

    @Override
    public long count(Filter filter) throws FleetException {
        return tables.read(connection -> GatewayRows.count(connection, filter));
    }

    @Override
    public List<String> ids(Filter filter, int most) throws FleetException {
        return tables.read(connection -> GatewayRows.ids(connection, filter, most));
    }

    @Override
    public Optional<Gateway> get(String id) throws FleetException {
        return tables.read(connection -> GatewayRows.one(connection, id));
    }

    @Override
    public Optional<Standing> standing(String id) throws FleetException {
        return tables.read(connection -> Ledger.standing(connection, id));
    }

    @Override
    public List<Gateway> all(Set<String> ids) throws FleetException {
        return tables.read(connection -> GatewayRows.all(connection, ids));
    }

    @Override
    public List<Gateway> bare(Set<String> ids) throws FleetException {
        return tables.read(connection -> GatewayRows.bare(connection, ids));
    }

    @Override
    public Census census(Set<String> ids, Instant since) throws FleetException {
        return tables.read(connection -> CensusRows.of(connection, ids, since));
    }

    @Override
    public Map<String, String> signedReports(Set<String> ids) throws FleetException {
        return tables.read(connection -> ReportRows.signed(connection, ids));
    }

    @Override
    public Optional<PublicKey> publicKey(String id) throws FleetException {
        return Optional.ofNullable(signedReports(Set.of(id)).get(id)).map(ReportReading::publicKey);
    }

    @Override
    public boolean heard(String id, Sign sign) throws FleetException {
        return contacts.heard(id, sign);
    }

    @Override
    public ReportAnswer report(String id, byte[] signed) throws FleetException {
        ReportAnswer answer = intake.take(id, signed);
        if (answer instanceof ReportAnswer.Accepted accepted) {
            Lasting.all(listeners, listenersAtEnd)
                    .forEach(listener -> tell(listener, accepted.gateway(), accepted.report()));
        }
        return answer;
    }

    @Override
    public void enrolled(GatewayCertificate certificate) {
        try {
            bindings.enrolled(certificate);
        } catch (FleetException e) {
            // The authority has it; the fleet asks for it when the gateway first reports.
            log.warn("The enrolment of {} is taken over later: {}", certificate.gatewayId(), e.getMessage());
        }
    }

    private void tell(ReportListener listener, Gateway gateway, DeviceReport report) {
        try {
            listener.reported(gateway, report);
        } catch (RuntimeException e) {
            log.error("A listener failed on the report of {}", gateway.id(), e);
        }
    }
}
