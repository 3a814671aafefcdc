package io.sekimori.status.signed;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.generation.Unit;
import io.sekimori.keys.Keys;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.status.BundleStatus;
import io.sekimori.status.BundleStatus.Verdict;
import io.sekimori.status.Status;
import io.sekimori.status.StatusException;
import io.sekimori.status.StatusListener;
import io.sekimori.status.StatusService;
import io.sekimori.status.StatusSource;
import io.sekimori.trust.Sequence;
import io.sekimori.update.UpdateService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
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
import org.osgi.service.metatype.annotations.Designate;

/**
 * The status of this unit. Keeps nothing but since when findings are there and the number of the last status, so two
 * versions may run beside each other. Thread-safe.
 */
@Component(
        immediate = true,
        service = {StatusService.class, ControlOperation.class, HealthCheck.class},
        configurationPid = Settings.PID,
        property = {HealthCheck.NAME + "=status", HealthCheck.TAGS + "=sekimori", ControlOperation.NAME + "=status.show"
        })
@Designate(ocd = Settings.Config.class)
public final class SignedStatus implements StatusService, ControlOperation, HealthCheck {

    private static final long FIRST_LOOK_SECONDS = 5;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Keys keys;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    private volatile @Nullable Keys keysAtEnd;
    private volatile @Nullable UpdateService updateAtEnd;

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<StatusSource> sources = List.of();

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile List<StatusListener> listeners = List.of();

    private volatile List<StatusSource> sourcesAtEnd = List.of();
    private volatile List<StatusListener> listenersAtEnd = List.of();

    private final Clock clock = Clock.systemUTC();
    private final AtomicInteger known;
    private final Collector collector;
    private final Signing signing;
    private final Reporter reporter;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Settings settings;

    /** Called by Declarative Services. */
    @Activate
    public SignedStatus(
            BundleContext own,
            @Reference Admission admission,
            @Reference RunningGeneration running,
            @Reference(service = LoggerFactory.class) Logger log,
            Settings.Config config) {
        // The framework's, which outlives this bundle: who asks an old version just then is still answered.
        BundleContext context = own.getBundle(Constants.SYSTEM_BUNDLE_ID).getBundleContext();
        Unit unit = new Unit(running.unit());
        Path data = unit.data(Settings.PID);
        this.log = log;
        this.settings = Settings.of(config);
        this.known = new AtomicInteger(running.number());
        HealthRound health = new HealthRound(context);
        this.signing = new Signing(
                () -> Optional.ofNullable(Lasting.of(keys, keysAtEnd)), new Sequence(data.resolve("sequence"), clock));
        Measures measures = new Measures(Path.of("/"), running.unit(), clock);
        Collector.Parts parts = new Collector.Parts(
                () -> known.updateAndGet(last -> generation(last)),
                new Framework(context, admission)::installed,
                health::all,
                measures::now,
                () -> Lasting.all(sources, sourcesAtEnd),
                signing::device);
        this.collector = new Collector(unit, parts, new Findings(data.resolve("findings.json")), clock);
        this.reporter = new Reporter(
                collector::look, signing, () -> Lasting.all(listeners, listenersAtEnd), () -> settings, log);
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sekimori-status");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to look once the services are bound. */
    @Activate
    void begin() {
        later(FIRST_LOOK_SECONDS);
    }

    /** Takes the new configuration without a break; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        settings = Settings.of(config);
    }

    /** Looks no more; who asks an old version just then is still answered. */
    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        sourcesAtEnd = sources;
        listenersAtEnd = listeners;
        keysAtEnd = keys;
        updateAtEnd = update;
        thread.shutdownNow();
    }

    @Override
    public Status now() {
        return collector.look(true);
    }

    @Override
    public byte[] signed(String nonce) throws StatusException {
        return signing.sign(now(), nonce);
    }

    /** For {@code sekimori status}. */
    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        return new ControlAnswer.Done(StatusJson.members(now()));
    }

    /** A warning if something is not vouched for: critical would keep away the update that mends it. */
    @Override
    public Result execute() {
        List<BundleStatus> bundles = collector.judged();
        List<String> refused = bundles.stream()
                .filter(bundle -> bundle.verdict() == Verdict.REFUSED)
                .map(bundle -> bundle.name() + " " + bundle.code())
                .toList();
        return refused.isEmpty()
                ? new Result(Result.Status.OK, bundles.size() + " bundles, all vouched for")
                : new Result(Result.Status.WARN, "not vouched for: " + refused);
    }

    // While the engine is away, or cannot say, it is the one it was: what became of that is looked at all the same.
    private int generation(int last) {
        UpdateService current = Lasting.of(update, updateAtEnd);
        return current == null ? last : current.generation().orElse(last);
    }

    private void later(long seconds) {
        try {
            thread.schedule(this::round, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped: the next version looks");
        }
    }

    private void round() {
        try {
            reporter.round(clock.instant());
        } catch (RuntimeException e) {
            // The rhythm must not end with one bad round.
            log.error("The status could not be looked at", e);
        } finally {
            later(settings.look().toSeconds());
        }
    }
}
