package io.sekimori.rollouts.waves;

import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.Courier;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.ReportListener;
import io.sekimori.lasting.Lasting;
import io.sekimori.records.Records;
import io.sekimori.releases.Director;
import io.sekimori.releases.Releases;
import io.sekimori.rollouts.Action;
import io.sekimori.rollouts.Draft;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutAnswer;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Standing;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Rollouts in the console's records. Two of them may work on the same rollouts, in one console during a swap or in two
 * consoles. Thread-safe.
 */
@Component(
        immediate = true,
        service = {Rollouts.class, ReportListener.class})
public final class WaveRollouts implements Rollouts, ReportListener, Peers {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Fleet fleet;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Releases releases;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Director director;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Courier courier;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable Fleet fleetAtEnd;
    private volatile @Nullable Releases releasesAtEnd;
    private volatile @Nullable Director directorAtEnd;
    private volatile @Nullable Courier courierAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    private final Logger log;
    private final WaveRecords tables;
    private final Orders orders;
    private final TakingBack takingBack;
    private final Clockwork clockwork;
    private final ProgressNotes progress;
    private final Ticking ticking;

    /** Called by Declarative Services; touches no record. */
    @Activate
    public WaveRollouts(@Reference(service = LoggerFactory.class) Logger log) {
        this(log, Clock.systemUTC());
    }

    WaveRollouts(Logger log, Clock clock) {
        this.log = log;
        tables = new WaveRecords(() -> Lasting.of(records, recordsAtEnd));
        Trace trace = new Trace(() -> Lasting.of(audit, auditAtEnd), log);
        Delivering delivering = new Delivering(this, log);
        orders = new Orders(tables, this, trace, clock);
        takingBack = new TakingBack(tables, this, delivering, trace, clock);
        clockwork = new Clockwork(tables, this, new Assigning(this), delivering, takingBack, clock);
        progress = new ProgressNotes(tables, clock);
        ticking = new Ticking(clockwork, log);
    }

    @Activate
    void begin() {
        ticking.begin();
    }

    /** Ends after the round that is under way. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        recordsAtEnd = records;
        fleetAtEnd = fleet;
        releasesAtEnd = releases;
        directorAtEnd = director;
        courierAtEnd = courier;
        auditAtEnd = audit;
        ticking.close();
    }

    Clockwork clockwork() {
        return clockwork;
    }

    @Override
    public RolloutAnswer create(Draft draft, String actor) throws RolloutException {
        RolloutAnswer answer = orders.create(draft, actor);
        ticking.now();
        return answer;
    }

    @Override
    public RolloutAnswer act(String id, Action action, OptionalLong revision, String actor) throws RolloutException {
        RolloutAnswer answer = orders.act(id, action, revision, actor);
        ticking.now();
        return answer;
    }

    @Override
    public RolloutAnswer takeBack(String gateway, String actor) throws RolloutException {
        RolloutAnswer answer = takingBack.order(gateway, actor);
        ticking.now();
        return answer;
    }

    @Override
    public List<Standing> standing(String gateway) throws RolloutException {
        return tables.read(connection -> TakeBackRows.standing(connection, gateway));
    }

    @Override
    public Optional<Rollout> get(String id) throws RolloutException {
        return tables.read(connection -> RolloutRows.one(connection, id));
    }

    @Override
    public List<Rollout> page(Optional<String> after, int limit) throws RolloutException {
        requireLimit(limit);
        return tables.read(connection -> RolloutRows.page(connection, after, limit));
    }

    @Override
    public List<Target> targets(String id, Optional<TargetState> state, OptionalInt after, int limit)
            throws RolloutException {
        requireLimit(limit);
        return tables.read(connection -> TargetRows.page(connection, id, state, after, limit));
    }

    @Override
    public void progress(String gateway, String text) throws RolloutException {
        progress.take(gateway, text);
    }

    @Override
    public void reported(Gateway gateway, DeviceReport report) {
        try {
            clockwork.reported(gateway.id(), report);
            ticking.reported();
        } catch (RolloutException e) {
            log.warn("The report of {} is looked at later: {}", gateway.id(), e.getMessage());
        }
    }

    @Override
    public Optional<Fleet> optionalFleet() {
        return Optional.ofNullable(Lasting.of(fleet, fleetAtEnd));
    }

    @Override
    public Optional<Releases> optionalReleases() {
        return Optional.ofNullable(Lasting.of(releases, releasesAtEnd));
    }

    @Override
    public Optional<Director> optionalDirector() {
        return Optional.ofNullable(Lasting.of(director, directorAtEnd));
    }

    @Override
    public Optional<Courier> courier() {
        return Optional.ofNullable(Lasting.of(courier, courierAtEnd));
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_PAGE);
        }
    }
}
