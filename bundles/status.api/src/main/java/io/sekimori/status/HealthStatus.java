package io.sekimori.status;

import java.util.Objects;

/**
 * What one health check says.
 *
 * @param name of the check, at most 200 characters
 * @param status {@code OK}, {@code WARN}, {@code TEMPORARILY_UNAVAILABLE}, {@code CRITICAL}, {@code HEALTH_CHECK_ERROR}, as Felix
 *     Health Checks name them; or {@code TIMED_OUT}, {@code FAILED}, {@code NOT_RUN}
 * @param message safe to show, at most 300 characters
 */
public record HealthStatus(String name, String status, String message) {

    /** Shortens and cleans the words. */
    public HealthStatus {
        name = Text.safe(name, 200);
        Objects.requireNonNull(status, "status");
        message = Text.safe(message, 300);
    }

    /** Whether somebody should look: a warning is not red, and what asks for patience is not yet. */
    public boolean red() {
        return !status.equals("OK") && !status.equals("WARN") && !status.equals("TEMPORARILY_UNAVAILABLE");
    }
}
