package io.sekimori.settings;

import io.sekimori.config.Attribute;
import io.sekimori.config.Attribute.Type;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.config.Secret;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Two configurations in memory, {@code a} and {@code b}: a text {@code host} and a password {@code pass}. */
final class FakeConfigurations implements Configurations {

    final Map<String, Map<String, String>> values = new TreeMap<>(Map.of("a", Map.of("host", "old"), "b", Map.of()));
    final Map<String, Long> versions = new HashMap<>(Map.of("a", 3L, "b", 1L));
    final Map<String, Map<String, Map<String, String>>> snapshots = new HashMap<>();
    Runnable afterChange = () -> {};
    Runnable afterSnapshot = () -> {};
    final Map<String, Authorship> authors = new HashMap<>();
    boolean restores = true;

    @Override
    public List<Description> describe(Locale locale) {
        return values.keySet().stream()
                .map(pid -> new Description(
                        pid,
                        false,
                        "bundle." + pid,
                        locale.getLanguage() + " " + pid,
                        "",
                        List.of(
                                new Attribute(
                                        "host",
                                        Type.STRING,
                                        1,
                                        false,
                                        List.of("default"),
                                        List.of(),
                                        Attribute.Range.NONE,
                                        "Host",
                                        ""),
                                new Attribute(
                                        "pass",
                                        Type.PASSWORD,
                                        1,
                                        false,
                                        List.of(),
                                        List.of(),
                                        Attribute.Range.NONE,
                                        "Pass",
                                        ""))))
                .toList();
    }

    @Override
    public Optional<Configuration> read(String pid) {
        Map<String, Object> shown = new HashMap<>(values.get(pid));
        boolean password = shown.remove("pass") != null;
        return Optional.of(new Configuration(
                new VersionFacts(
                        pid,
                        versions.get(pid),
                        Instant.EPOCH,
                        VersionFacts.Origin.PERSON,
                        authors.getOrDefault(pid, new Authorship("person:bob", "before")),
                        false),
                shown,
                password ? Set.of("pass") : Set.of()));
    }

    @Override
    public ChangeOutcome change(Change change) {
        String pid = change.pid();
        if (!values.containsKey(pid)) {
            return new ChangeOutcome.Refused(pid, ConfigCode.PID_UNKNOWN, "", "nobody describes it");
        }
        if (change.expectedVersion() != versions.get(pid)) {
            return new ChangeOutcome.Refused(pid, ConfigCode.VERSION_STALE, "", "it is " + versions.get(pid));
        }
        Map<String, String> next = new HashMap<>(values.get(pid));
        change.unset().forEach(next::remove);
        for (Map.Entry<String, Object> each : change.set().entrySet()) {
            if (!Set.of("host", "pass").contains(each.getKey())) {
                return new ChangeOutcome.Refused(pid, ConfigCode.ATTRIBUTE_UNKNOWN, each.getKey(), "unknown");
            }
            Object value = each.getValue();
            next.put(
                    each.getKey(), value instanceof Secret secret ? secret.reveal(String::new) : String.valueOf(value));
        }
        values.put(pid, next);
        versions.merge(pid, 1L, Long::sum);
        authors.put(pid, change.authorship());
        afterChange.run();
        return new ChangeOutcome.Applied(pid, versions.get(pid));
    }

    /** A person before the gateway changes it. */
    void onSite(String pid, String host) {
        change(new Change(
                pid,
                versions.get(pid),
                Map.of("host", host),
                Set.of(),
                Authorship.onSite("yui", "on the gateway's own page")));
    }

    @Override
    public Snapshot snapshot(Set<String> bundlesOrPids) {
        Map<String, Long> known = new HashMap<>();
        Map<String, Map<String, String>> kept = new HashMap<>();
        for (String pid : bundlesOrPids) {
            if (values.containsKey(pid)) {
                known.put(pid, versions.get(pid));
                kept.put(pid, values.get(pid));
            }
        }
        Snapshot snapshot = new Snapshot("s-" + snapshots.size(), known);
        snapshots.put(snapshot.id(), kept);
        afterSnapshot.run();
        return snapshot;
    }

    @Override
    public List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship) {
        if (!restores) {
            return List.of(new ChangeOutcome.Refused("a", ConfigCode.CONFIG_LOCKED, "", "by test"));
        }
        snapshots.get(snapshot.id()).forEach((pid, kept) -> {
            if (snapshot.versions().containsKey(pid)) {
                values.put(pid, kept);
            }
        });
        return List.of();
    }

    @Override
    public void forget(Snapshot snapshot) {
        snapshots.remove(snapshot.id());
    }

    @Override
    public ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship) {
        throw new AssertionError("not from afar");
    }

    @Override
    public List<VersionFacts> history(String pid) {
        throw new AssertionError("not asked for");
    }

    @Override
    public ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship) {
        throw new AssertionError("not from afar");
    }

    @Override
    public List<ChangeOutcome> applyDefaults(long generation, Map<String, Map<String, Object>> configurations) {
        throw new AssertionError("not from afar");
    }
}
