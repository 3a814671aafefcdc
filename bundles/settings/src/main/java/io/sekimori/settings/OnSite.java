package io.sekimori.settings;

import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Snapshot;
import java.util.HashMap;
import java.util.Map;

/** What a person before the gateway has set: they saw what was on trial, and decided on it. Stateless. */
final class OnSite {

    private OnSite() {}

    /** The way back, without the settings that somebody on site has changed since. */
    static Snapshot spared(Configurations configurations, Snapshot before) throws Stopped {
        Map<String, Long> versions = new HashMap<>();
        for (Map.Entry<String, Long> each : before.versions().entrySet()) {
            if (!changed(configurations, each.getKey(), each.getValue())) {
                versions.put(each.getKey(), each.getValue());
            }
        }
        return new Snapshot(before.id(), versions);
    }

    private static boolean changed(Configurations configurations, String pid, long since) throws Stopped {
        try {
            return configurations
                    .read(pid)
                    .map(Configuration::facts)
                    .filter(facts -> facts.version() > since)
                    .filter(facts -> facts.authorship().isOnSite())
                    .isPresent();
        } catch (ConfigException e) {
            throw new Stopped(503, e.code().name(), String.valueOf(e.getMessage()), e);
        }
    }
}
