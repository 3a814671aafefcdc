package io.sekimori.update.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * The log of one try: {@code state/transitions/<id>.log}, one line for each step and for what changed bundles logged.
 * Kept when the try fails. Losing a line is no reason to stop a transition, so a failing disk is not reported here.
 *
 * <p>Thread-safe.
 */
final class TransitionLog {

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_LINE = 4000;

    private final Path file;
    private final Clock clock;
    private long written;

    TransitionLog(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    synchronized void line(String text) {
        if (written > MAX_BYTES) {
            return;
        }
        String safe = text.replaceAll("[\\p{Cntrl}&&[^\t]]", " ");
        String cut = safe.length() > MAX_LINE ? safe.substring(0, MAX_LINE) + "…" : safe;
        byte[] line =
                (clock.instant().truncatedTo(ChronoUnit.MILLIS) + " " + cut + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            written += line.length;
        } catch (IOException e) {
            written = Long.MAX_VALUE; // a disk that fails once is not asked again for a mere log
        }
    }

    /** Removes the log of a try that went well. */
    synchronized void drop() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            written = Long.MAX_VALUE;
        }
    }
}
