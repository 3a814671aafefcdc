package io.sekimori.connection.mqtt;

import io.sekimori.connection.Link.State;
import io.sekimori.connection.Link.Status;
import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.felix.hc.api.Result;
import org.osgi.service.log.Logger;

/**
 * What the version before could do, as a measure for this one: where it was connected just before it was replaced, this
 * one has to connect as well, or whoever replaced it goes back. Otherwise being offline is part of a gateway's life. Only
 * a replacement counts, so nothing is expected of a new process. Thread-safe.
 */
final class Predecessor {

    /** How long it may have been gone before nothing is concluded from it. */
    private static final Duration JUST_BEFORE = Duration.ofMinutes(2);

    /** How long it counts; from then on the network is to blame. */
    private static final Duration COUNTS = Duration.ofMinutes(3);

    private final Path file;
    private final Clock clock;
    private final Logger log;
    private final Instant begun;
    private volatile boolean expected;

    Predecessor(Path file, Clock clock, Logger log) {
        this.file = file;
        this.clock = clock;
        this.log = log;
        this.begun = clock.instant();
        this.expected = leftConnected()
                .filter(left -> left.plus(JUST_BEFORE).isAfter(begun))
                .isPresent();
    }

    /** Tells the successor that this version was connected until now. */
    void leave() {
        try {
            DurableFile.makeDirectory(file.toAbsolutePath().getParent());
            DurableFile.replace(file, (process() + "\n" + clock.instant()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log.warn("The version that follows will not be measured by this one", e);
        }
    }

    /** What the health check says while this one is not connected. */
    Result.Status offline(Status now) {
        if (expected && clock.instant().isBefore(begun.plus(COUNTS))) {
            return Result.Status.TEMPORARILY_UNAVAILABLE;
        }
        return now.state() == State.NOT_ENROLLED ? Result.Status.OK : Result.Status.WARN;
    }

    /** It connected, as the one before: from now on only the network counts. */
    void reached() {
        expected = false;
    }

    private Optional<Instant> leftConnected() {
        try {
            String[] lines = Files.readString(file).split("\n");
            Files.delete(file);
            return lines.length == 2 && lines[0].equals(process())
                    ? Optional.of(Instant.parse(lines[1]))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty(); // none, or not for us
        }
    }

    private static String process() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " " + self.info().startInstant().orElse(Instant.EPOCH);
    }
}
