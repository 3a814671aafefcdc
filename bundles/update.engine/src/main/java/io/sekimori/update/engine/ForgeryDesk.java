package io.sekimori.update.engine;

import io.sekimori.generation.Unit;
import io.sekimori.launcher.RunningGeneration;
import io.sekimori.update.Forgeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Counts forgeries for the signed report: the first at once on the disk, those that follow once a minute. A power cut costs what came in
 * that minute. A component of its own, since the engine asks the very services for the time that tell of forgeries. Thread-safe.
 */
@Component
public final class ForgeryDesk implements Forgeries {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Path folder;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Keeping keeping;
    private final Logger log;
    private final Map<Forgery, ForgeryCount.Seen> waiting = new EnumMap<>(Forgery.class);
    private @Nullable Tried tried;
    private long next;
    private boolean ended;

    /** Has a count on the disk. */
    interface Keeping {
        void keep(ForgeryCount count, Path folder) throws IOException;
    }

    /**
     * What a disk has not taken, or has taken and not said so: nothing of it is lost, and nothing counts twice.
     *
     * @param more what waited then
     * @param all what would be on the disk
     */
    private record Tried(Map<Forgery, ForgeryCount.Seen> more, ForgeryCount all) {}

    /** Called by the component runtime. */
    @Activate
    public ForgeryDesk(
            BundleContext context,
            @Reference RunningGeneration running,
            @Reference(service = LoggerFactory.class) Logger log) {
        this(
                new Unit(running.unit()).data(context.getBundle().getSymbolicName()),
                Clock.systemUTC(),
                System::nanoTime,
                ForgeryCount::write,
                log);
    }

    ForgeryDesk(Path folder, Clock clock, LongSupplier nanos, Keeping keeping, Logger log) {
        this.folder = folder;
        this.keeping = keeping;
        this.clock = clock;
        this.nanos = nanos;
        this.log = log;
        this.next = nanos.getAsLong();
    }

    @Override
    public synchronized void refused(Forgery forgery) {
        waiting.merge(
                forgery,
                new ForgeryCount.Seen(1, clock.instant().truncatedTo(ChronoUnit.SECONDS)),
                ForgeryCount.Seen::and);
        if (ended || nanos.getAsLong() - next >= 0) {
            keep();
        }
    }

    /** Keeps what waits. */
    @Deactivate
    synchronized void end() {
        ended = true;
        keep();
    }

    private void keep() {
        if (waiting.isEmpty() && tried == null) {
            return;
        }
        next = nanos.getAsLong() + BETWEEN.toNanos();
        try {
            ForgeryCount kept = ForgeryCount.read(folder);
            if (tried != null && !kept.equals(tried.all())) {
                tried.more().forEach((forgery, seen) -> waiting.merge(forgery, seen, ForgeryCount.Seen::and));
            }
            Tried now = new Tried(Map.copyOf(waiting), kept.with(waiting));
            tried = now;
            waiting.clear();
            keeping.keep(now.all(), folder);
            tried = null;
        } catch (IOException e) {
            log.warn("The count of forgeries cannot be kept yet: {}", e.getMessage());
        }
    }
}
