package io.sekimori.update.engine;

import io.sekimori.config.ConfigurationCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Refuses who may update, and windows, that mean nothing before they are in force: after the next start they would leave
 * updating to people on site. Stateless.
 */
@Component
public final class PolicyCheck implements ConfigurationCheck {

    @Override
    public String pid() {
        return Policy.PID;
    }

    @Override
    public Optional<Wrong> look(Map<String, List<String>> values) {
        return wrong("windows", () -> Windows.of(all(values, "windows"), "UTC"))
                .or(() -> wrong("time.zone", () -> Windows.of(List.of(), zone(values))))
                .or(() -> wrong("update.by", () -> rules(all(values, "update.by"), List.of())))
                .or(() -> wrong("rollback.by", () -> rules(List.of(), all(values, "rollback.by"))));
    }

    private static Optional<Wrong> wrong(String attribute, Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new Wrong(attribute, String.valueOf(e.getMessage())));
        }
    }

    private static Consent.Rules rules(List<String> updaters, List<String> restorers) {
        return new Consent.Rules(
                Set.copyOf(updaters), Set.copyOf(restorers), true, true, Windows.of(List.of(), "UTC"), Duration.ZERO);
    }

    private static List<String> all(Map<String, List<String>> values, String attribute) {
        return values.getOrDefault(attribute, List.of());
    }

    private static String zone(Map<String, List<String>> values) {
        return String.join(" ", all(values, "time.zone"));
    }
}
