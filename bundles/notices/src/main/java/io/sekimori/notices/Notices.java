package io.sekimori.notices;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.ReportListener;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
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
 * Looks every few seconds for what people want to be told of, and tells them, in a thread of its own: no rollout and no
 * gateway waits for it. Thread-safe.
 */
@Component(
        immediate = true,
        service = {ReportListener.class, HealthCheck.class},
        configurationPid = Config.PID,
        property = {HealthCheck.NAME + "=notices", HealthCheck.TAGS + "=sekimori"})
@Designate(ocd = Config.class)
public final class Notices implements ReportListener, HealthCheck {

    private static final long EVERY_SECONDS = 10;
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration READ_EVERY = Duration.ofHours(1);
    private static final int ROLLOUTS_LOOKED_AT = 50;
    private static final Duration LATE = Duration.ofHours(1);

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Records records;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Rollouts rollouts;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Releases releases;

    private volatile @Nullable Records recordsAtEnd;
    private volatile @Nullable Rollouts rolloutsAtEnd;
    private volatile @Nullable Releases releasesAtEnd;

    private final Path unit;
    private final Clock clock;
    private final Logger log;
    private final Round round;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sekimori-notices");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Wanted wanted;

    // Of the timer's thread alone.
    private String trouble = "";
    private Instant nextLook = Instant.MIN;
    private Instant nextReading = Instant.MIN;
    private boolean silent;

    /** What is configured, and the connections that it makes. */
    private record Wanted(Settings settings, Map<String, Medium> media) {}

    /** Called by Declarative Services; touches no record. */
    @Activate
    public Notices(
            @Reference RunningGeneration generation,
            @Reference(service = LoggerFactory.class) Logger log,
            Config config) {
        this(generation.unit(), Clock.systemUTC(), log);
        modified(config);
    }

    Notices(Path unit, Clock clock, Logger log) {
        this.unit = unit;
        this.clock = clock;
        this.log = log;
        this.round = new Round(clock, log);
        this.wanted = new Wanted(Settings.silent(unit), Map.of());
    }

    @Activate
    void begin() {
        timer.scheduleWithFixedDelay(this::tick, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes a new configuration; one that makes no sense changes nothing. */
    @Modified
    void modified(Config config) {
        try {
            want(Settings.of(unit, config));
        } catch (IllegalArgumentException | IOException e) {
            log.error("The configuration {} is refused: {}", Config.PID, e.getMessage());
        }
    }

    void want(Settings settings) throws IOException {
        wanted = new Wanted(settings, Media.of(settings, clock));
    }

    @Deactivate
    void end() {
        // For calls that are still under way, or that were about to be made.
        recordsAtEnd = records;
        rolloutsAtEnd = rollouts;
        releasesAtEnd = releases;
        timer.shutdown();
    }

    @Override
    public void reported(Gateway gateway, DeviceReport report) {
        Wanted now = wanted;
        Optional<Records> open = present(records, recordsAtEnd);
        if (now.settings().enabled() && open.isPresent()) {
            try {
                round.keep(open.get(), now.settings(), Observation.of(gateway, report));
            } catch (RecordsException e) {
                log.warn("What {} reported is told with its next report: {}", gateway.id(), e.getMessage());
            }
        }
    }

    /** Looks, and tells. Said once what is wrong, for as long as it stays the same. */
    void tick() {
        Wanted now = wanted;
        Optional<Records> open = present(records, recordsAtEnd);
        if (open.isEmpty()) {
            return;
        }
        try {
            if (now.settings().enabled()) {
                silent = false;
                look(open.get(), now.settings());
                round.handOut(open.get(), now.settings());
                round.send(open.get(), now.settings(), now.media());
            } else if (!silent) {
                round.silent(open.get());
                silent = true;
            }
            trouble = "";
        } catch (RecordsException | RolloutException | ReleasesException e) {
            told(e);
        } catch (RuntimeException e) {
            told(e); // a timer whose work throws once never works again
        }
    }

    private void look(Records open, Settings settings) throws RecordsException, RolloutException, ReleasesException {
        Instant since = round.since(open);
        Instant now = clock.instant();
        Optional<Rollouts> waves = present(rollouts, rolloutsAtEnd);
        if (waves.isPresent() && !now.isBefore(nextLook)) {
            nextLook = now.plus(LOOK_EVERY);
            for (Rollout each : waves.get().page(Optional.empty(), ROLLOUTS_LOOKED_AT)) {
                round.keep(open, settings, Observation.of(each, since));
            }
        }
        Optional<Releases> repository = present(releases, releasesAtEnd);
        if (repository.isPresent() && !now.isBefore(nextReading)) {
            nextReading = now.plus(READ_EVERY); // all of its metadata are read for it
            round.keep(open, settings, Observation.of(repository.get().state(), settings.expiry(), now));
        }
    }

    private void told(Exception e) {
        String what = String.valueOf(e.getMessage());
        if (!what.equals(trouble)) {
            trouble = what;
            log.error("Notices stand still for now", e);
        }
    }

    @Override
    public Result execute() {
        Optional<Records> open = present(records, recordsAtEnd);
        if (!wanted.settings().enabled() || open.isEmpty()) {
            return new Result(Result.Status.OK, "nobody is told by mail or webhook");
        }
        try {
            OptionalLong oldest = round.oldestUndelivered(open.get());
            Instant late = clock.instant().minus(LATE);
            return oldest.isPresent()
                            && Instant.ofEpochMilli(oldest.getAsLong()).isBefore(late)
                    ? new Result(
                            Result.Status.WARN,
                            "a notice of " + Instant.ofEpochMilli(oldest.getAsLong()) + " did not arrive")
                    : new Result(Result.Status.OK, "notices arrive");
        } catch (RecordsException e) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private static <T> Optional<T> present(@Nullable T current, @Nullable T atEnd) {
        return Optional.ofNullable(current == null ? atEnd : current);
    }
}
