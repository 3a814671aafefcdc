package io.sekimori.itests.support;

import io.sekimori.launcher.RunningGeneration;
import io.sekimori.launcher.StartReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of a unit for bundles that run without the launcher: nothing was verified there.
 *
 * @param unit where they write their data
 * @param configurations as of a generation
 */
public record UnitAlone(Path unit, Map<String, Map<String, Object>> configurations) implements RunningGeneration {

    /** A unit without configurations. */
    public UnitAlone(Path unit) {
        this(unit, Map.of());
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String slot() {
        return "0".repeat(64);
    }

    @Override
    public StartReason reason() {
        return StartReason.NORMAL;
    }

    @Override
    public Optional<String> fallBackCode() {
        return Optional.empty();
    }

    @Override
    public int filesVerified() {
        return 0;
    }

    @Override
    public Duration verifyTime() {
        return Duration.ZERO;
    }
}
