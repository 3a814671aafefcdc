package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.ReportListener;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.releases.Errand;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.TakeBack;
import io.sekimori.trust.AssignmentDraft;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** The director in the records. Holds nothing between calls, so two versions may run beside each other. Thread-safe. */
@Component(
        configurationPid = Settings.PID,
        service = {Director.class, ReportListener.class})
public final class SigningDirector implements Director, ReportListener {

    private static final int MOST_ORDERS = 10_000;

    /** How a gateway's word begins on what was taken back: in time or too late. */
    private static final String TAKEN_BACK = "TAKEN_BACK";

    // Other bundles' services: dynamic, so that their swap does not take this one down.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    private final Logger log;
    private final Tables tables;
    private final Trace trace;
    private final Retried retried;
    private final Parallel parallel = new Parallel();
    private final Signing signing;
    private final HeldBack held;
    private final LiveSettings settings;

    /** Called by the component runtime. */
    @Activate
    public SigningDirector(
            Settings.Config config,
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(Settings.of(generation.unit(), config), generation.unit(), Clock.systemUTC(), log);
    }

    SigningDirector(Settings settings, Path unit, Clock clock, Logger log) {
        this.settings = new LiveSettings(settings, unit, log);
        this.log = log;
        this.tables = new Tables(() -> Lasting.of(records, recordsAtEnd));
        this.trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        this.retried = new Retried(trace, clock);
        Repositories repositories = new Repositories(tables, this.settings);
        this.signing = new Signing(repositories, this.settings, clock);
        this.held = new HeldBack(tables, repositories, clock, log);
    }

    @Modified
    void modified(Settings.Config config) {
        settings.take(config);
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        recordsAtEnd = records;
        auditAtEnd = audit;
        parallel.close();
    }

    @Override
    public List<AssignAnswer> assign(List<Order> orders, String actor) throws ReleasesException {
        requireDistinct(orders);
        String subject = orders.size() == 1 ? "device " + orders.get(0).device() : orders.size() + " devices";
        try {
            Signing.Composition composition = signing.compose(orders, parallel);
            if (composition.drafts().isEmpty()) {
                trace.tell(
                        actor,
                        "director.assign",
                        subject,
                        Verdict.REFUSED,
                        "",
                        composition.refusals().toString());
                return composition.answers(Map.of());
            }
            trace.allow(
                    actor,
                    "director.assign",
                    subject,
                    Map.of(
                            "refused", Integer.toString(composition.refusals().size()),
                            "changes", orders.get(0).changes().toString()));
            return composition.answers(signing.sign(composition, parallel));
        } catch (RefusedException e) {
            trace.tell(actor, "director.assign", subject, Verdict.REFUSED, e.code(), e.detail());
            return orders.stream()
                    .<AssignAnswer>map(order -> new AssignAnswer.Refused(order.device(), e.code(), e.detail()))
                    .toList();
        }
    }

    @Override
    public AssignAnswer takeBack(TakeBack order, String actor) throws ReleasesException {
        String subject = "device " + order.device();
        try {
            Composer.Composed draft = new Composer.Composed(
                    AssignmentDraft.takingBack(order.device(), order.model(), order.from()),
                    Composer.plausible(Math.max(order.from(), order.above())));
            signing.requireKeys(); // before anything is recorded: it is tried again until it can be
            trace.allow(actor, "director.take-back", subject, Map.of("from", Long.toString(order.from())));
            return signing.sign(new Signing.Composition(List.of(), Map.of(order.device(), draft), Map.of()), parallel)
                    .get(order.device());
        } catch (RefusedException e) {
            retried.refused(actor, "director.take-back", subject, e);
            return new AssignAnswer.Refused(order.device(), e.code(), e.detail());
        }
    }

    private static void requireDistinct(List<Order> orders) {
        Set<String> devices = new HashSet<>();
        orders.forEach(order -> devices.add(order.device()));
        if (orders.isEmpty() || orders.size() > MOST_ORDERS || devices.size() != orders.size()) {
            throw new IllegalArgumentException("1 to " + MOST_ORDERS + " orders, no device twice");
        }
    }

    @Override
    public byte[] mandate(Errand errand) throws ReleasesException {
        String subject = "gateway " + errand.gateway();
        try {
            trace.allow(
                    errand.person(), "director.mandate", subject, Map.of("action", errand.action(), "id", errand.id()));
            return signing.sign(errand);
        } catch (RefusedException e) {
            trace.tell(errand.person(), "director.mandate", subject, Verdict.REFUSED, e.code(), e.detail());
            throw new ReleasesException(e.code() + ": " + e.detail(), e);
        }
    }

    @Override
    public Optional<CurrentAssignment> current(String device) throws ReleasesException {
        return tables.read(connection -> AssignmentRow.of(connection, device)).map(AssignmentRow::current);
    }

    @Override
    public Optional<HeldAssignment> held(String device) throws ReleasesException {
        try {
            return held.of(device);
        } catch (RefusedException e) {
            throw new ReleasesException(e.code() + ": " + e.detail(), e);
        }
    }

    /** What it runs; or what took something back, once it has taken that: there is nothing of it to be signed anew. */
    private static long done(DeviceReport report) {
        long taken = report.transition()
                .filter(last -> last.code().startsWith(TAKEN_BACK))
                .map(DeviceReport.Transition::assignment)
                .orElse(0L);
        return Math.max(report.assignment(), taken);
    }

    @Override
    public void reported(Gateway gateway, DeviceReport report) {
        if (gateway.deviceKey().isEmpty() || !report.confirmed()) {
            return;
        }
        try {
            tables.write(connection -> {
                AssignmentRow.running(connection, gateway.deviceKey().get(), done(report));
                return null;
            });
        } catch (ReleasesException e) {
            log.warn("What {} runs could not be noted; its assignment may be signed anew: {}", gateway.id(), e);
        }
    }
}
