package io.sekimori.releases.repository;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** The settings of a component as they are now. Thread-safe: each answer is one immutable snapshot. */
final class LiveSettings implements Supplier<Settings> {

    private final Path unit;
    private final Logger log;
    private volatile Settings now;

    LiveSettings(Settings first, Path unit, Logger log) {
        this.now = first;
        this.unit = unit;
        this.log = log;
    }

    @Override
    public Settings get() {
        return now;
    }

    /** Takes a new configuration; one that makes no sense changes nothing. */
    void take(Settings.Config config) {
        try {
            now = Settings.of(unit, config);
        } catch (IllegalArgumentException e) {
            log.error("The configuration {} is refused: {}", Settings.PID, e.getMessage());
        }
    }
}
