package io.sekimori.launcher.main;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a gateway is run.
 *
 * @param unit the unit directory
 * @param trialLimit how long a generation on trial may take until it is committed, or whoever judges it asks for more
 * @param stopLimit how long all bundles together may take to stop
 */
record RunOptions(Path unit, Duration trialLimit, Duration stopLimit) {

    static final Duration TRIAL_LIMIT = Duration.ofMinutes(10);
    static final Duration STOP_LIMIT = Duration.ofSeconds(20);
}
