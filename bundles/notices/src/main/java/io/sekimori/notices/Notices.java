package io.sekimori.notices;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.ReportListener;
import io.sekimori.lasting.Lasting;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.releases.Releases;
import io.sekimori.releases.ReleasesException;
import io.sekimori.rollouts.RolloutException;
import io.sekimori.rollouts.Rollouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
        service = {Notices.class, ReportListener.class},
        configurationPid = Config.PID)
@Designate(ocd = Config.class)
public final class Notices implements ReportListener {

    private static final long EVERY_SECONDS = 10;

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
    private final Lookout lookout;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sekimori-notices");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Wanted wanted;

    // Of the timer's thread alone.
    private String trouble = "";
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
        this.lookout = new Lookout(round, clock);
        this.wanted = new Wanted(Settings.silent(), Map.of());
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
        Optional<Records> open = records();
        if (now.settings().enabled() && open.isPresent()) {
            try {
                round.keep(
                        open.get(),
                        now.settings(),
                        Observation.of(gateway, report, now.settings().language()));
            } catch (RecordsException e) {
                log.warn("What {} reported is told with its next report: {}", gateway.id(), e.getMessage());
            }
        }
    }

    /** Looks, and tells. Said once what is wrong, for as long as it stays the same. */
    void tick() {
        Wanted now = wanted;
        Optional<Records> open = records();
        if (open.isEmpty()) {
            return;
        }
        try {
            if (now.settings().enabled()) {
                silent = false;
                lookout.look(
                        open.get(), now.settings(), present(rollouts, rolloutsAtEnd), present(releases, releasesAtEnd));
                round.turn(open.get(), now.settings(), now.media());
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

    private void told(Exception e) {
        String what = String.valueOf(e.getMessage());
        if (!what.equals(trouble)) {
            trouble = what;
            log.error("Notices stand still for now", e);
        }
    }

    /** What is configured now. */
    Settings settings() {
        return wanted.settings();
    }

    /** Where everything is kept; empty while no records are there. */
    Optional<Records> records() {
        return present(records, recordsAtEnd);
    }

    /** The work that is done again and again. */
    Round round() {
        return round;
    }

    /** Looks at once, and not only in some seconds. */
    void soon() {
        try {
            timer.execute(this::tick);
        } catch (RejectedExecutionException e) {
            // This version ends: the one beside it looks in some seconds.
            log.debug("{}", e.getMessage());
        }
    }

    private static <T> Optional<T> present(@Nullable T current, @Nullable T atEnd) {
        return Optional.ofNullable(Lasting.of(current, atEnd));
    }
}
