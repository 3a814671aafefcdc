package io.sekimori.releases.repository;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether gateways will go on accepting what this console publishes. What the console cannot sign is an illness; what
 * people have to sign is a warning, a month before it expires, and so is what another console on the same records cannot sign. Thread-safe.
 */
@Component(property = {HealthCheck.NAME + "=releases", HealthCheck.TAGS + "=sekimori"})
public final class ReleasesHealth implements HealthCheck {

    private static final Duration WARN_BEFORE = Duration.ofDays(30);
    private static final Set<String> SIGNED_HERE = Set.of("snapshot", "timestamp");

    private final Renewal renewal;
    private final Clock clock;

    /** Called by the component runtime. */
    @Activate
    public ReleasesHealth(@Reference SignedReleases releases) {
        this(releases.renewal(), Clock.systemUTC());
    }

    ReleasesHealth(Renewal renewal, Clock clock) {
        this.renewal = renewal;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        Renewal.Look found = renewal.found();
        if (!found.problem().isEmpty()) {
            return new Result(Result.Status.CRITICAL, "not all can be signed anew: " + found.problem() + others(found));
        }
        Instant now = clock.instant();
        Map<String, Instant> due = new TreeMap<>();
        Map<String, Instant> ending = new TreeMap<>();
        found.expires().forEach((role, end) -> {
            Instant warned = SIGNED_HERE.contains(role) ? end : end.minus(WARN_BEFORE);
            if (!now.isBefore(warned)) {
                (role.startsWith(Renewal.SUPPORT) ? ending : due).put(role, end);
            }
        });
        boolean well = due.isEmpty() && ending.isEmpty() && found.elsewhere().isEmpty();
        return new Result(
                well ? Result.Status.OK : Result.Status.WARN,
                (due.isEmpty() ? "all is signed in time" : "to be signed anew: " + due)
                        + (ending.isEmpty() ? "" : "; updates end: " + ending)
                        + others(found));
    }

    private static String others(Renewal.Look found) {
        return found.elsewhere().isEmpty() ? "" : "; keys are missing at " + String.join("; ", found.elsewhere());
    }
}
