package io.sekimori.config.admin;

import io.sekimori.config.Authorship;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts;
import io.sekimori.config.VersionFacts.Origin;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in force: the newest version of the history, which the framework's ConfigurationAdmin follows. Writing is
 * confined to the holder of the folder's lock.
 */
final class InForce {

    private final History history;
    private final AdminPort admin;
    private final Schemas schemas;
    private final Clock clock;

    InForce(History history, AdminPort admin, Schemas schemas, Clock clock) {
        this.history = history;
        this.admin = admin;
        this.schemas = schemas;
        this.clock = clock;
    }

    /** The version in force; number 0 if ConfigurationAdmin has one that the history does not know. */
    Optional<Version> current(String pid) throws ConfigException {
        Optional<Version> newest = history.current(pid);
        if (newest.isPresent()) {
            return newest;
        }
        Authorship nobody = new Authorship("unknown", "found in ConfigurationAdmin");
        return inAdmin(pid).map(values -> version(pid, 0, Origin.OUTSIDE, nobody, values, false));
    }

    /** What ConfigurationAdmin has, passwords marked. */
    Optional<SortedMap<String, StoredValue>> inAdmin(String pid) throws ConfigException {
        try {
            Optional<Schema> schema = schemas.of(pid);
            return admin.values(pid).map(values -> {
                SortedMap<String, StoredValue> marked = new TreeMap<>(values);
                schema.ifPresent(
                        known -> marked.replaceAll((name, value) -> known.isPassword(name) ? value.asSecret() : value));
                return marked;
            });
        } catch (IOException | IllegalStateException e) {
            throw refused(e);
        }
    }

    /** A version that is not in force yet. */
    Version version(
            String pid,
            long number,
            Origin origin,
            Authorship authorship,
            Map<String, StoredValue> values,
            boolean removed) {
        VersionFacts facts = new VersionFacts(
                pid, number, clock.instant().truncatedTo(ChronoUnit.MILLIS), origin, authorship, removed);
        return new Version(facts, new TreeMap<>(values));
    }

    /** Puts {@code next} in force. After a refusal the version before it still is. */
    void put(Version next) throws ConfigException {
        history.append(next);
        try {
            apply(next);
        } catch (ConfigException e) {
            history.rewind(next.facts().pid(), next.facts().version() - 1);
            throw e;
        }
    }

    /** Only records what ConfigurationAdmin has already. */
    void record(Version seen) throws ConfigException {
        history.append(seen);
    }

    /** Lets ConfigurationAdmin follow {@code version}. */
    void apply(Version version) throws ConfigException {
        String pid = version.facts().pid();
        try {
            if (version.facts().removed()) {
                admin.delete(pid);
            } else {
                admin.put(pid, version.values());
            }
        } catch (IOException | IllegalStateException e) {
            throw refused(e);
        }
    }

    private static ConfigException refused(Exception e) {
        return new ConfigException(ConfigCode.ADMIN_REFUSED, String.valueOf(e.getMessage()), e);
    }
}
