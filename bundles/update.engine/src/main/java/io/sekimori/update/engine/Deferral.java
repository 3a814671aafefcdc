package io.sekimori.update.engine;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.DeferAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * How long a person on site puts off what would begin by itself. All that is put off counts from the first time on until a
 * generation is confirmed, so that nobody puts an update off for ever by and by. A clock that was set back ends it: what is
 * put off by a wrong clock would be put off too long. Thread-safe.
 */
final class Deferral {

    private static final int MAX_BYTES = 4_096;

    private final Path file;

    Deferral(Path file) {
        this.file = file;
    }

    private record Put(Instant since, Instant until) {}

    /** Until when; empty if nothing is put off now. What cannot be read puts nothing off. */
    synchronized Optional<Instant> until(Instant now) {
        return read().filter(put -> !now.isBefore(put.since()) && now.isBefore(put.until()))
                .map(Put::until);
    }

    /**
     * Puts off from now on, or ends it.
     *
     * @param howLong zero to end it
     * @param most how long it may be put off in all
     */
    synchronized DeferAnswer put(Duration howLong, Duration most, Instant clock) {
        Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
        Instant since =
                read().map(Put::since).filter(before -> !now.isBefore(before)).orElse(now);
        Instant until = now.plus(howLong);
        Instant latest = since.plus(most);
        if (!howLong.isZero() && until.isAfter(latest)) {
            return new DeferAnswer.Refused(Reason.of(
                    UpdateCode.DEFERRAL_TOO_LONG,
                    "until " + until + " is asked for, " + latest + " is the latest: " + most.toHours()
                            + " hours from the first time on"));
        }
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, JsonText.bytes(Map.of("since", since.toString(), "until", until.toString())));
            return new DeferAnswer.Deferred(until);
        } catch (IOException e) {
            return new DeferAnswer.Refused(Reason.of(UpdateCode.JOURNAL_UNWRITABLE, "what is put off: " + e));
        }
    }

    /** A generation is confirmed: what comes next may be put off anew. */
    synchronized void forget() throws IOException {
        DurableFile.delete(file);
    }

    private Optional<Put> read() {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            return Optional.of(new Put(Instant.parse(json.string("since")), Instant.parse(json.string("until"))));
        } catch (IOException | MalformedJson | DateTimeException e) {
            return Optional.empty();
        }
    }
}
