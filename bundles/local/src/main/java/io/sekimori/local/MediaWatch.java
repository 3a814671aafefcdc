package io.sekimori.local;

import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.status.Finding;
import io.sekimori.status.StatusSource;
import io.sekimori.update.UpdateService;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
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

/**
 * Finds an update on a medium that somebody inserts, and says so; who installs it decides as ever. It lists the folders again
 * and again, since no file system tells of a medium that is mounted: nothing is written to a medium, and one that hangs while it is
 * read keeps this one thread. Thread-safe.
 */
@Component(
        service = {MediaWatch.class, StatusSource.class},
        immediate = true,
        configurationPid = Settings.PID)
public final class MediaWatch implements StatusSource {

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable UpdateService update;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private final Logger log;
    private final MediaFinds finds;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
        Thread made = new Thread(work, "sekimori-local-media");
        made.setDaemon(true); // it changes nothing, so the process need not wait for it
        return made;
    });
    private @Nullable Future<?> next;
    private volatile Settings settings;
    private volatile @Nullable UpdateService updateAtEnd;
    private volatile @Nullable AuditLog auditAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public MediaWatch(@Reference(service = LoggerFactory.class) Logger log, Settings.Config config) {
        this(Settings.of(config), Clock.systemUTC(), log);
    }

    MediaWatch(Settings settings, Clock clock, Logger log) {
        this.settings = settings;
        this.log = log;
        this.finds = new MediaFinds(clock, log, () -> Lasting.of(audit, auditAtEnd));
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins once the services are bound. */
    @Activate
    void begin() {
        later(Duration.ZERO);
    }

    /** Takes a new configuration without the service going away; one that makes no sense changes nothing. */
    @Modified
    void change(Settings.Config config) {
        follow(Settings.of(config));
    }

    void follow(Settings changed) {
        settings = changed;
        soon();
    }

    /** Looks no more; keeps engine and audit for a look that is under way. */
    @Deactivate
    void end() {
        updateAtEnd = update;
        auditAtEnd = audit;
        thread.shutdownNow();
    }

    /** What was found is a finding for as long as it is there: people here and at the console are told in the signed status. */
    @Override
    public Contribution contribute() {
        List<Finding> found = finds.updates().stream()
                .map(one -> new Finding(LocalCode.UPDATE_ON_MEDIUM.name(), one.told(), one.since()))
                .toList();
        return new Contribution(found, List.of());
    }

    /** What was found, by the id of its pack. */
    Map<String, MediaFinds.Find> found() {
        return finds.byPack();
    }

    /** One look. Of one thread at a time. */
    void look() {
        Settings now = settings;
        UpdateService engine = Lasting.of(update, updateAtEnd); // read once: one look, one engine
        if (!now.notice() || now.watch().isZero()) {
            finds.forget();
        } else if (engine != null) {
            finds.look(Packs.onSticks(now.media()), engine);
        }
    }

    private Duration pause() {
        Duration watching = settings.watch();
        return watching.isZero() ? Settings.MOST_WATCH : watching;
    }

    // Each look is asked for by the one before: none begins while another hangs, and the pause is that of now.
    private synchronized void later(Duration pause) {
        if (!thread.isShutdown()) {
            next = thread.schedule(this::round, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Has the next look be now, unless one is under way, which asks for the next by itself. */
    private synchronized void soon() {
        if (next != null && next.cancel(false)) {
            later(Duration.ZERO);
        }
    }

    private void round() {
        try {
            look();
        } catch (RuntimeException e) {
            // The rhythm must not end with one bad look.
            log.error("The media could not be looked through", e);
        } finally {
            later(pause());
        }
    }
}
