package io.sekimori.config.admin;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts.Origin;
import io.sekimori.config.admin.Checking.Broken;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.metatype.AttributeDefinition;

/** The changes that people make: each checked, compared, audited, kept, applied, in this order. Thread-safe. */
final class Changes {

    private final Exclusively exclusively;
    private final History history;
    private final InForce inForce;
    private final Schemas schemas;
    private final Sense sense;
    private final AuditDesk audit;
    private final Upkeep upkeep;

    Changes(Parts parts, Sense sense) {
        this.exclusively = parts.exclusively();
        this.history = parts.history();
        this.inForce = parts.inForce();
        this.schemas = parts.schemas();
        this.sense = sense;
        this.audit = parts.audit();
        this.upkeep = parts.upkeep();
    }

    ChangeOutcome change(Change change) {
        return decide("config.change", change.pid(), change.authorship(), change.expectedVersion(), before -> {
            Schema schema = schemas.of(change.pid())
                    .orElseThrow(() -> new Broken(ConfigCode.PID_UNKNOWN, "", "no bundle describes it"));
            SortedMap<String, StoredValue> values = new TreeMap<>(valuesOf(before));
            for (String id : change.unset()) {
                if (values.remove(id) == null) {
                    known(schema, id);
                }
            }
            for (Map.Entry<String, Object> wish : change.set().entrySet()) {
                AttributeDefinition attribute = known(schema, wish.getKey());
                values.put(wish.getKey(), Checking.value(attribute, wish.getValue()));
            }
            Checking.complete(schema, values);
            sense.demand(schema, values);
            return new Wanted(values, false);
        });
    }

    ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship) {
        return decide("config.remove", pid, authorship, expectedVersion, before -> new Wanted(new TreeMap<>(), true));
    }

    ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship) {
        return decide("config.restore", pid, authorship, expectedVersion, before -> {
            Version old = history.version(pid, version)
                    .orElseThrow(() -> new Broken(ConfigCode.VERSION_UNKNOWN, "", "version " + version));
            return new Wanted(old.values(), old.facts().removed());
        });
    }

    private record Wanted(SortedMap<String, StoredValue> values, boolean removed) {}

    private interface Decision {
        Wanted decide(Optional<Version> before) throws Broken, ConfigException;
    }

    private ChangeOutcome decide(
            String action, String pid, Authorship authorship, long expectedVersion, Decision decision) {
        if (!Pid.isWellFormed(pid)) {
            return new Refused(pid, ConfigCode.PID_MALFORMED, "", "not a PID");
        }
        AuditDesk.Trace trace = new AuditDesk.Trace(action, pid, authorship, Map.of());
        try {
            return exclusively.run(() -> {
                try {
                    return decideAlone(trace, expectedVersion, decision);
                } catch (Broken e) {
                    audit.tell(trace, Verdict.REFUSED, e.code().name());
                    return new Refused(pid, e.code(), e.attribute(), e.detail());
                }
            });
        } catch (ConfigException e) {
            if (e.code() != ConfigCode.CONFIG_AUDIT_REFUSED) {
                audit.tell(trace, Verdict.FAILED, e.code().name());
            }
            return new Refused(pid, e.code(), "", String.valueOf(e.getMessage()));
        }
    }

    private ChangeOutcome decideAlone(AuditDesk.Trace trace, long expectedVersion, Decision decision)
            throws Broken, ConfigException {
        String pid = trace.pid();
        Optional<Version> before = inForce.current(pid);
        long version = before.map(found -> found.facts().version()).orElse(0L);
        if (version != expectedVersion) {
            throw new Broken(ConfigCode.VERSION_STALE, "", "version " + version + " is in force");
        }
        Wanted wanted = decision.decide(before);
        Version next =
                inForce.version(pid, version + 1, Origin.PERSON, trace.authorship(), wanted.values(), wanted.removed());
        if (before.isPresent()
                && before.get().facts().origin() == Origin.PERSON
                && before.get().sameAs(next)) {
            return new Applied(pid, version); // as it is already
        }
        allow(trace, before, next);
        inForce.put(next);
        upkeep.after(pid, audit);
        return new Applied(pid, version + 1);
    }

    private void allow(AuditDesk.Trace trace, Optional<Version> before, Version next) throws ConfigException {
        Map<String, String> detail = Map.of(
                "version", Long.toString(next.facts().version()),
                "attributes", different(valuesOf(before), next.values()));
        try {
            audit.allow(new AuditDesk.Trace(trace.action(), trace.pid(), trace.authorship(), detail));
        } catch (AuditException e) {
            throw new ConfigException(ConfigCode.CONFIG_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** The names, never the values, of what differs, cut to what the audit takes. */
    static String different(SortedMap<String, StoredValue> before, SortedMap<String, StoredValue> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> {
            StoredValue old = before.get(name);
            StoredValue now = after.get(name);
            return old != null && now != null && old.sameAs(now);
        });
        String all = String.join(" ", names);
        return all.length() <= 2_000 ? all : all.substring(0, 1_900) + "...";
    }

    static SortedMap<String, StoredValue> valuesOf(Optional<Version> version) {
        return version.map(Version::values).orElseGet(TreeMap::new);
    }

    private static AttributeDefinition known(Schema schema, String id) throws Broken {
        return schema.attribute(id)
                .orElseThrow(() -> new Broken(ConfigCode.ATTRIBUTE_UNKNOWN, safe(id), "no such attribute"));
    }

    // The name comes from outside: it is shown and must not be a way to print a password given in its place.
    private static String safe(String id) {
        return id.matches("[A-Za-z0-9._-]{1,64}") ? id : "";
    }
}
