package io.sekimori.local;

import io.sekimori.config.Attribute;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.config.VersionFacts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the gateway updates, and what begins by itself, as its configuration says at one moment.
 *
 * @param version of the configuration, 0 if there is none
 * @param facts who made it so; empty if nobody did
 * @param switches what a person on site decides
 * @param site whether people on site may update at all
 */
record PolicyState(long version, Optional<VersionFacts> facts, Switches switches, boolean site) {

    /** The update engine's configuration. */
    static final String PID = "io.sekimori.update.engine";

    private static final String UPDATERS = "update.by";

    /** What a person on site decides, and whoever else may change the configuration. */
    record Switches(boolean enabled, boolean downloads, boolean installs) {

        static final String ENABLED = "enabled";
        static final String DOWNLOADS = "download.automatic";
        static final String INSTALLS = "install.automatic";

        /** As attributes of the configuration. */
        Map<String, Object> attributes() {
            return Map.of(ENABLED, enabled, DOWNLOADS, downloads, INSTALLS, installs);
        }

        /** As they stand in the audit. */
        Map<String, String> words() {
            Map<String, String> words = new TreeMap<>();
            attributes().forEach((name, value) -> words.put(name, value.toString()));
            return words;
        }
    }

    /**
     * As it is now.
     *
     * @return empty if no engine says what it can be told
     * @throws ConfigException if what is kept cannot be read
     */
    static Optional<PolicyState> read(Configurations configurations) throws ConfigException {
        Optional<Description> description = configurations.describe(Locale.ROOT).stream()
                .filter(each -> each.pid().equals(PID))
                .findFirst();
        if (description.isEmpty()) {
            return Optional.empty();
        }
        Optional<Configuration> now = configurations.read(PID);
        Map<String, Object> set = now.map(Configuration::values).orElse(Map.of());
        return Optional.of(new PolicyState(
                now.map(found -> found.facts().version()).orElse(0L),
                now.map(Configuration::facts),
                new Switches(
                        on(description.get(), set, Switches.ENABLED),
                        on(description.get(), set, Switches.DOWNLOADS),
                        on(description.get(), set, Switches.INSTALLS)),
                texts(description.get(), set, UPDATERS).contains("site")));
    }

    private static boolean on(Description description, Map<String, Object> set, String attribute) {
        return texts(description, set, attribute).equals(List.of("true"));
    }

    private static List<String> texts(Description description, Map<String, Object> set, String attribute) {
        Object value = set.get(attribute);
        if (value instanceof List<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return value != null
                ? List.of(value.toString())
                : description.attributes().stream()
                        .filter(each -> each.id().equals(attribute))
                        .map(Attribute::defaults)
                        .findFirst()
                        .orElse(List.of());
    }

    /** What people see of it. */
    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("enabled", switches.enabled());
        json.put("downloadAutomatic", switches.downloads());
        json.put("installAutomatic", switches.installs());
        json.put("site", site);
        facts.filter(found -> found.version() > 0).ifPresent(found -> {
            json.put("by", found.authorship().author());
            json.put("reason", found.authorship().reason());
            json.put("at", found.at().toString());
        });
        return json;
    }
}
