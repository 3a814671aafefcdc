package io.sekimori.update.engine;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Unit;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.Deadline;
import io.sekimori.launcher.Rehearsal;
import io.sekimori.launcher.Restart;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.trust.Sha256;
import io.sekimori.update.ApplyAnswer;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.OpenTransition;
import io.sekimori.update.Origin;
import io.sekimori.update.PlanAnswer;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.Reason;
import io.sekimori.update.Successor;
import io.sekimori.update.TakenBack;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.TrustedTime;
import io.sekimori.update.UnitReportListener;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateException;
import io.sekimori.update.UpdateService;
import io.sekimori.update.UpdateSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/** The update service of a gateway. Missing audit, keys or config refuse a transition; they never end one. Thread-safe. */
@Component(
        immediate = true,
        service = {UpdateService.class, Successor.class, TakenBack.class},
        configurationPid = Policy.PID)
@Designate(ocd = Policy.Config.class)
public final class Engine implements UpdateService, Successor, TakenBack, Capabilities {

    // Other bundles' services: dynamic, since a transition may replace their providers while it needs them.
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable TrustedTime time;

    private volatile @Nullable AuditLog auditAtEnd;
    private volatile @Nullable Keys keysAtEnd;
    private volatile @Nullable Configurations configurationsAtEnd;
    private volatile @Nullable TrustedTime timeAtEnd;

    private final Desk desk;
    private final LivePolicy policy;

    /** Called by the component runtime; the parts it gets stay for the life of the framework. */
    @Activate
    public Engine(
            BundleContext context,
            Policy.Config config,
            @Reference Admission admission,
            @Reference Rehearsal rehearsal,
            @Reference Deadline deadline,
            @Reference Restart restart,
            @Reference RunningGeneration running,
            @Reference ServiceComponentRuntime components,
            @Reference LogReaderService logReader,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.policy = new LivePolicy(config, log);
        this.desk = new Desk(
                new Surroundings(
                        context,
                        new Unit(running.unit()),
                        new LauncherServices(admission, rehearsal, deadline, restart, running),
                        this,
                        components,
                        logReader,
                        policy,
                        new EngineClock(this::time)),
                log);
    }

    /** Called by the component runtime, as the field of a listener would be set. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void addReportListener(UnitReportListener listener) {
        desk.teller().add(listener);
    }

    void removeReportListener(UnitReportListener listener) {
        desk.teller().remove(listener);
    }

    @Activate
    void begin() {
        desk.open();
    }

    @Modified
    void modified(Policy.Config config) {
        policy.take(config);
    }

    @Deactivate
    void close() {
        // For calls that are still under way, or that were about to be made.
        auditAtEnd = audit;
        keysAtEnd = keys;
        configurationsAtEnd = configurations;
        timeAtEnd = time;
        desk.close();
    }

    @Override
    public PlanAnswer plan(Path pack) {
        return desk.plans().plan(Offer.of(pack));
    }

    @Override
    public PlanAnswer plan(UpdateSource source) {
        return desk.plans().plan(Offer.of(source));
    }

    @Override
    public PlanAnswer preview(Path pack) {
        return desk.plans().preview(Offer.of(pack));
    }

    @Override
    public PlanAnswer preview(UpdateSource source) {
        return desk.plans().preview(Offer.of(source));
    }

    @Override
    public ApplyAnswer apply(Path pack, Origin origin, ProgressListener listener) {
        return desk.apply(Offer.of(pack), origin, listener);
    }

    @Override
    public ApplyAnswer apply(Path pack, String assignmentSha256, Origin origin, ProgressListener listener) {
        if (!Sha256.isHex(assignmentSha256)) {
            throw new IllegalArgumentException("a hash has 64 lower-case hex digits");
        }
        return desk.apply(Offer.of(pack, Optional.of(assignmentSha256)), origin, listener);
    }

    @Override
    public ApplyAnswer apply(UpdateSource source, Origin origin, ProgressListener listener) {
        return desk.apply(Offer.of(source), origin, listener);
    }

    @Override
    public Optional<Reason> hindrance(Origin origin) {
        return desk.beginning().hindrance(origin);
    }

    @Override
    public Optional<Instant> begins(Origin origin) {
        return desk.beginning().begins(origin);
    }

    @Override
    public DeferAnswer defer(Duration howLong, Origin origin) {
        return desk.beginning().defer(howLong, origin);
    }

    @Override
    public boolean cancel(String id) {
        return desk.cancel(id, Reason.of(UpdateCode.CANCELLED, "on request"));
    }

    @Override
    public boolean takeBack(UpdateSource source) {
        return desk.takeBack(source);
    }

    @Override
    public boolean follow(String id, ProgressListener listener) {
        return desk.follow(id, listener);
    }

    @Override
    public Optional<OpenTransition> open() {
        return desk.openTransition().map(Transition::facts);
    }

    @Override
    public List<TransitionReport> recent() {
        return desk.recent();
    }

    @Override
    public OptionalInt generation() {
        return desk.running().map(Generation::number).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    @Override
    public byte[] report(String nonce) throws UpdateException {
        return desk.report(nonce);
    }

    @Override
    public boolean hear(byte[] approvals) throws UpdateException {
        return desk.approvals().hear(approvals);
    }

    @Override
    public List<Remembered> remembered() throws UpdateException {
        return desk.approvals().remembered();
    }

    @Override
    public boolean takeOver(String id) {
        return desk.takeOver(id);
    }

    @Override
    public Optional<AuditLog> audit() {
        return Optional.ofNullable(Lasting.of(audit, auditAtEnd));
    }

    @Override
    public Optional<Keys> keys() {
        return Optional.ofNullable(Lasting.of(keys, keysAtEnd));
    }

    @Override
    public Optional<Configurations> configurations() {
        return Optional.ofNullable(Lasting.of(configurations, configurationsAtEnd));
    }

    @Override
    public Optional<TrustedTime> time() {
        return Optional.ofNullable(Lasting.of(time, timeAtEnd));
    }
}
