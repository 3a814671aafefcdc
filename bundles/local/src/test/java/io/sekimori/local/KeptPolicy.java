package io.sekimori.local;

import io.sekimori.config.Attribute;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The update engine's configuration in memory, as the engine describes it. */
final class KeptPolicy implements Configurations {

    final Map<String, Object> values = new HashMap<>();
    final List<Authorship> versions = new ArrayList<>();
    boolean described = true;
    boolean readable = true;
    Runnable beforeChange = () -> {};

    @Nullable
    ConfigCode refusing;

    /** Somebody elsewhere changes it. */
    void elsewhere(String author, Map<String, Object> set) {
        values.putAll(set);
        versions.add(new Authorship(author, "elsewhere"));
    }

    @Override
    public List<Description> describe(Locale locale) {
        List<Attribute> attributes = List.of(
                attribute("enabled", Attribute.Type.BOOLEAN, 1, "true"),
                attribute("download.automatic", Attribute.Type.BOOLEAN, 1, "true"),
                attribute("install.automatic", Attribute.Type.BOOLEAN, 1, "true"),
                attribute("update.by", Attribute.Type.STRING, 9, "console", "site"));
        return described
                ? List.of(new Description(PolicyState.PID, false, PolicyState.PID, "Update", "", attributes))
                : List.of();
    }

    private static Attribute attribute(String id, Attribute.Type type, int most, String... defaults) {
        return new Attribute(id, type, most, true, List.of(defaults), List.of(), Attribute.Range.NONE, id, "");
    }

    @Override
    public Optional<Configuration> read(String pid) throws ConfigException {
        if (!readable) {
            throw new ConfigException(ConfigCode.HISTORY_UNREADABLE, "/var/by-test", null);
        }
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Configuration(
                        new VersionFacts(
                                pid,
                                versions.size(),
                                Instant.EPOCH,
                                VersionFacts.Origin.PERSON,
                                versions.get(versions.size() - 1),
                                false),
                        values,
                        Set.of()));
    }

    @Override
    public ChangeOutcome change(Change change) {
        beforeChange.run();
        if (refusing != null) {
            return new ChangeOutcome.Refused(change.pid(), refusing, "", "by test");
        }
        if (change.expectedVersion() != versions.size()) {
            return new ChangeOutcome.Refused(change.pid(), ConfigCode.VERSION_STALE, "", "it is another");
        }
        values.putAll(change.set());
        versions.add(change.authorship());
        return new ChangeOutcome.Applied(change.pid(), versions.size());
    }

    @Override
    public ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship) {
        throw new AssertionError("not on site");
    }

    @Override
    public List<VersionFacts> history(String pid) {
        throw new AssertionError("not on site");
    }

    @Override
    public ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship) {
        throw new AssertionError("not on site");
    }

    @Override
    public Snapshot snapshot(Set<String> bundlesOrPids) {
        throw new AssertionError("not on site");
    }

    @Override
    public List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship) {
        throw new AssertionError("not on site");
    }

    @Override
    public void forget(Snapshot snapshot) {
        throw new AssertionError("not on site");
    }

    @Override
    public List<ChangeOutcome> applyDefaults(long generation, Map<String, Map<String, Object>> configurations) {
        throw new AssertionError("not on site");
    }
}
