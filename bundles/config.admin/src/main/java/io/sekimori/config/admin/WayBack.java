package io.sekimori.config.admin;

import io.sekimori.audit.AuditException;
import io.sekimori.config.Authorship;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ChangeOutcome.Applied;
import io.sekimori.config.ChangeOutcome.Refused;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts.Origin;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.log.Logger;

/**
 * Snapshots and the return to them. The way back needs neither an audit nor room on the disk: what is not audited is
 * noted for later, and what cannot be written as a new version is reached by removing the newer ones. Thread-safe.
 */
final class WayBack {

    private final Exclusively exclusively;
    private final History history;
    private final InForce inForce;
    private final Snapshots snapshots;
    private final Schemas schemas;
    private final AuditDesk audit;
    private final Unaudited unaudited;
    private final Clock clock;
    private final Logger log;
    private final SecureRandom random = new SecureRandom();

    WayBack(Parts parts, Clock clock, Logger log) {
        this.exclusively = parts.exclusively();
        this.history = parts.history();
        this.inForce = parts.inForce();
        this.snapshots = parts.snapshots();
        this.schemas = parts.schemas();
        this.audit = parts.audit();
        this.unaudited = parts.unaudited();
        this.clock = clock;
        this.log = log;
    }

    Snapshot snapshot(Set<String> bundlesOrPids) throws ConfigException {
        return exclusively.run(() -> {
            Map<String, Long> versions = new TreeMap<>();
            for (String pid : pids(bundlesOrPids)) {
                versions.put(pid, kept(pid));
            }
            String id = String.format("%013d-%08x", clock.millis(), random.nextInt());
            Snapshot snapshot = new Snapshot(id, versions);
            snapshots.keep(snapshot);
            return snapshot;
        });
    }

    List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship) {
        List<ChangeOutcome> outcomes = new ArrayList<>();
        for (Map.Entry<String, Long> kept : new TreeMap<>(snapshot.versions()).entrySet()) {
            String pid = kept.getKey();
            try {
                exclusively
                        .run(() -> restore(pid, kept.getValue(), authorship))
                        .ifPresent(version -> outcomes.add(new Applied(pid, version)));
            } catch (ConfigException e) {
                outcomes.add(new Refused(pid, e.code(), "", String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(outcomes);
    }

    void forget(Snapshot snapshot) {
        try {
            exclusively.run(() -> {
                try {
                    snapshots.forget(snapshot.id());
                } catch (IOException e) {
                    log.warn("Snapshot {} is kept longer than needed", snapshot.id(), e);
                }
                return snapshot;
            });
        } catch (ConfigException e) {
            log.warn("Snapshot {} is kept longer than needed", snapshot.id(), e);
        }
    }

    /** Puts {@code next} in force, audited now or later. Confined to the lock's holder. */
    void putAuditedOrNoted(String action, Version next) throws ConfigException {
        String pid = next.facts().pid();
        Map<String, String> detail =
                Map.of("version", Long.toString(next.facts().version()));
        boolean audited = true;
        try {
            audit.allow(new AuditDesk.Trace(action, pid, next.facts().authorship(), detail));
        } catch (AuditException e) {
            audited = false;
        }
        inForce.put(next);
        if (!audited) {
            unaudited.remember(pid, next.facts().version());
        }
    }

    private Optional<Long> restore(String pid, long number, Authorship authorship) throws ConfigException {
        if (!Pid.isWellFormed(pid)) {
            throw new ConfigException(ConfigCode.PID_MALFORMED, "not a PID", null);
        }
        Optional<Version> before = inForce.current(pid);
        long version = before.map(found -> found.facts().version()).orElse(0L);
        Version wanted = number == 0
                ? inForce.version(pid, 0, Origin.GENERATION, authorship, Map.of(), true)
                : history.version(pid, number)
                        .orElseThrow(() ->
                                new ConfigException(ConfigCode.VERSION_UNKNOWN, pid + " version " + number, null));
        boolean absentAlready = before.isEmpty() && wanted.facts().removed();
        if (absentAlready || before.isPresent() && before.get().sameAs(wanted)) {
            return Optional.empty();
        }
        // It keeps its origin: a default stays a default, which the next generation may change.
        Version next = inForce.version(
                pid,
                version + 1,
                wanted.facts().origin(),
                authorship,
                wanted.values(),
                wanted.facts().removed());
        try {
            putAuditedOrNoted("config.restore", next);
            return Optional.of(version + 1);
        } catch (ConfigException e) {
            if (e.code() != ConfigCode.HISTORY_UNWRITABLE) {
                throw e;
            }
            log.warn("No room for a new version of {}: the newer ones are removed instead", pid, e);
            history.rewind(pid, number);
            inForce.apply(wanted);
            return Optional.of(number);
        }
    }

    private Set<String> pids(Set<String> bundlesOrPids) throws ConfigException {
        Set<String> wanted = new TreeSet<>(bundlesOrPids);
        bundlesOrPids.forEach(name -> wanted.addAll(schemas.pidsOf(name)));
        for (String pid : history.pids()) { // the instances of the factories among them
            if (wanted.contains(Pid.described(pid))) {
                wanted.add(pid);
            }
        }
        wanted.removeIf(pid -> !Pid.isWellFormed(pid));
        return wanted;
    }

    private long kept(String pid) throws ConfigException {
        Optional<Version> current = inForce.current(pid);
        if (current.isPresent() && current.get().facts().version() == 0) {
            // Known to ConfigurationAdmin alone: what is to be returned to must be in the history.
            Version seen = current.get();
            inForce.record(
                    inForce.version(pid, 1, seen.facts().origin(), seen.facts().authorship(), seen.values(), false));
            return 1;
        }
        return current.map(version -> version.facts().version()).orElse(0L);
    }
}
