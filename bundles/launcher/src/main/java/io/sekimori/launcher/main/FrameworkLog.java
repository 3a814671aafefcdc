package io.sekimori.launcher.main;

import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;

/** Felix's own warnings and errors as lines on stderr: its default writes to stdout. Thread-safe. */
final class FrameworkLog extends Logger {

    private final Lines lines;

    FrameworkLog(Lines lines) {
        this.lines = lines;
        setLogLevel(LOG_WARNING);
    }

    @Override
    protected void doLogOut(int level, String message, @Nullable Throwable thrown) {
        lines.say("framework: " + message);
    }
}
