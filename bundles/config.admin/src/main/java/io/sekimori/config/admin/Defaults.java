package io.sekimori.config.admin;

import io.sekimori.config.Authorship;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts.Origin;
import io.sekimori.config.admin.Checking.Broken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.metatype.AttributeDefinition;

/**
 * The configurations that a generation brings. They are signed, so they are applied also where no bundle describes the
 * PID yet; where one does they are checked. What a person has changed stays. Thread-safe.
 */
final class Defaults {

    private final Parts parts;
    private final WayBack wayBack;

    Defaults(Parts parts, WayBack wayBack) {
        this.parts = parts;
        this.wayBack = wayBack;
    }

    List<ChangeOutcome> apply(long generation, Map<String, Map<String, Object>> configurations) {
        Authorship authorship = new Authorship("generation " + generation, "default of the generation");
        List<ChangeOutcome> outcomes = new ArrayList<>();
        for (String pid : new TreeSet<>(configurations.keySet())) {
            run(pid, outcomes, () -> put(pid, configurations.get(pid), authorship));
        }
        try {
            for (String pid : parts.history().pids()) {
                if (!configurations.containsKey(pid)) {
                    run(pid, outcomes, () -> withdraw(pid, authorship));
                }
            }
        } catch (ConfigException e) {
            outcomes.add(new Refused("", e.code(), "", String.valueOf(e.getMessage())));
        }
        return List.copyOf(outcomes);
    }

    private interface Work {
        Optional<Long> run() throws ConfigException, Broken;
    }

    private void run(String pid, List<ChangeOutcome> outcomes, Work work) {
        try {
            outcomes.addAll(parts.exclusively().run(() -> {
                try {
                    return work.run()
                            .<List<ChangeOutcome>>map(version -> List.of(new Applied(pid, version)))
                            .orElse(List.of());
                } catch (Broken e) {
                    return List.of(new Refused(pid, e.code(), e.attribute(), e.detail()));
                }
            }));
        } catch (ConfigException e) {
            outcomes.add(new Refused(pid, e.code(), "", String.valueOf(e.getMessage())));
        }
    }

    private Optional<Long> put(String pid, Map<String, Object> defaults, Authorship authorship)
            throws ConfigException, Broken {
        if (!Pid.isWellFormed(pid)) {
            throw new Broken(ConfigCode.PID_MALFORMED, "", "not a PID");
        }
        Optional<Version> before = parts.inForce().current(pid);
        if (before.isPresent() && before.get().facts().origin() != Origin.GENERATION) {
            return Optional.empty();
        }
        SortedMap<String, StoredValue> values = values(parts.schemas().of(pid), defaults);
        return putIfDifferent(before, pid, values, false, authorship);
    }

    private Optional<Long> withdraw(String pid, Authorship authorship) throws ConfigException {
        Optional<Version> before = parts.inForce().current(pid);
        if (before.isEmpty() || before.get().facts().origin() != Origin.GENERATION) {
            return Optional.empty();
        }
        return putIfDifferent(before, pid, new TreeMap<>(), true, authorship);
    }

    private Optional<Long> putIfDifferent(
            Optional<Version> before,
            String pid,
            SortedMap<String, StoredValue> values,
            boolean removed,
            Authorship authorship)
            throws ConfigException {
        long version = before.map(found -> found.facts().version()).orElse(0L);
        Version next = parts.inForce().version(pid, version + 1, Origin.GENERATION, authorship, values, removed);
        if (before.isPresent() && before.get().sameAs(next)) {
            return Optional.empty();
        }
        wayBack.putAuditedOrNoted("config.default", next);
        return Optional.of(version + 1);
    }

    private static SortedMap<String, StoredValue> values(Optional<Schema> schema, Map<String, Object> defaults)
            throws Broken {
        SortedMap<String, StoredValue> values = new TreeMap<>();
        for (Map.Entry<String, Object> entry : defaults.entrySet()) {
            Optional<AttributeDefinition> attribute = schema.flatMap(known -> known.attribute(entry.getKey()));
            values.put(entry.getKey(), value(entry.getKey(), attribute, entry.getValue()));
        }
        return values;
    }

    private static StoredValue value(String name, Optional<AttributeDefinition> attribute, Object given) throws Broken {
        if (attribute.isPresent()) {
            return Checking.value(attribute.get(), given);
        }
        try {
            StoredValue value = StoredValue.of(given, false);
            // A list in a generation is an array in a component, unless its description says otherwise.
            return value.shape() == StoredValue.Shape.COLLECTION
                    ? new StoredValue(value.type(), StoredValue.Shape.ARRAY, value.texts(), false)
                    : value;
        } catch (IllegalArgumentException e) {
            throw new Broken(ConfigCode.VALUE_OF_WRONG_TYPE, name, "no value of a configuration");
        }
    }
}
