package io.sekimori.launcher.main;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a gateway is run.
 *
 * @param unit the unit directory
 * @param trialLimit how long a generation on trial may take until it is committed, or whoever judges it asks for more
 */
record RunOptions(Path unit, Duration trialLimit) {

    static final Duration TRIAL_LIMIT = Duration.ofMinutes(10);
}
