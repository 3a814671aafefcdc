package io.sekimori.identity.device;

import io.sekimori.generation.Unit;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.EnrolAnswer.Refused;
import io.sekimori.trust.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.osgi.service.log.Logger;

/**
 * Enrols without being asked: goes on with what a power cut or a lost reply interrupted, and takes {@code
 * activation.json} in the unit's folder, whose code it wipes after success. Tries again, more and more rarely, until
 * there is a final answer. Owns one thread, and only while there is something to do.
 */
final class Resumption implements AutoCloseable {

    /** The name of an activation in the folder of a unit. */
    static final String LAID_DOWN = "activation.json";

    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String ACTOR = "io.sekimori.identity.device";

    private final Enrolling enrolling;
    private final IdentityFolder folder;
    private final Path laidDown;
    private final Logger log;
    private final Duration first;
    private Optional<ScheduledExecutorService> thread = Optional.empty();
    private boolean closed;

    Resumption(Unit unit, IdentityFolder folder, Enrolling enrolling, Logger log) {
        this(unit, folder, enrolling, log, FIRST);
    }

    Resumption(Unit unit, IdentityFolder folder, Enrolling enrolling, Logger log, Duration first) {
        this.enrolling = enrolling;
        this.folder = folder;
        this.laidDown = unit.directory().resolve(LAID_DOWN);
        this.log = log;
        this.first = first;
    }

    /** Begins, if there is something to do and nothing is done yet. Returns at once. */
    synchronized void begin() {
        if (closed || thread.isPresent() || waiting().isEmpty()) {
            return;
        }
        ScheduledExecutorService made =
                Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "sekimori-identity-1"));
        thread = Optional.of(made);
        made.execute(() -> attempt(made, first));
    }

    /** Ends; an attempt that is under way is given up, and made again by whoever comes next. */
    @Override
    public synchronized void close() {
        closed = true;
        thread.ifPresent(ScheduledExecutorService::shutdownNow);
    }

    private void attempt(ScheduledExecutorService executor, Duration pause) {
        try {
            for (Path file : waiting()) {
                Optional<Refused> refused = enrol(file);
                if (refused.isPresent() && again(refused.get())) {
                    later(executor, pause);
                    return;
                }
            }
            end();
        } catch (IOException e) {
            log.warn("An activation cannot be read or wiped; it is looked at again: {}", e.getMessage());
            later(executor, pause);
        }
    }

    private Optional<Refused> enrol(Path file) throws IOException {
        byte[] text;
        try (InputStream in = Files.newInputStream(file)) {
            text = in.readNBytes(Activation.MAX_BYTES + 1);
        }
        try {
            EnrolAnswer answer = enrolling.enrol(text, ACTOR);
            if (answer instanceof Refused refused) {
                log.warn("Not enrolled with {}: {} {}", file, refused.code(), refused.detail());
                return Optional.of(refused);
            }
            IdentityFolder.wipe(file);
            return Optional.empty();
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static boolean again(Refused refused) {
        return !new NotEnrolled(refused.code(), refused.detail(), null).isFinal();
    }

    private void later(ScheduledExecutorService executor, Duration pause) {
        Duration next = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        // Jitter, so that a thousand units whose console was away do not come back as one.
        long millis = pause.toMillis() + ThreadLocalRandom.current().nextLong(pause.toMillis() / 2 + 1);
        synchronized (this) {
            if (!closed) {
                executor.schedule(() -> attempt(executor, next), millis, TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void end() {
        thread.ifPresent(ScheduledExecutorService::shutdown);
        thread = Optional.empty();
    }

    private List<Path> waiting() {
        return List.of(folder.pending(), laidDown).stream()
                .filter(Files::isRegularFile)
                .toList();
    }
}
