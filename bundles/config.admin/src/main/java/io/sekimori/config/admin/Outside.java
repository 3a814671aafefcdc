package io.sekimori.config.admin;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.config.Authorship;
import io.sekimori.config.ConfigException;
import io.sekimori.config.VersionFacts.Origin;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.log.Logger;

/**
 * Notices what is written into ConfigurationAdmin past this bundle, and makes a version of it, so that the history
 * tells the truth and the next start does not undo it unsaid. Thread-safe.
 */
final class Outside {

    private static final Authorship SOMEBODY =
            new Authorship("outside", "written into ConfigurationAdmin past the config service");

    private final Parts parts;
    private final Logger log;

    Outside(Parts parts, Logger log) {
        this.parts = parts;
        this.log = log;
    }

    /** Looks at {@code pid} after ConfigurationAdmin has told of a change, mostly one that was made here. */
    void look(String pid) {
        if (!Pid.isWellFormed(pid)) {
            return;
        }
        try {
            if (differs(pid)) {
                parts.exclusively().run(() -> recordIfDifferent(pid)); // looked at again: a change was under way
            }
        } catch (ConfigException e) {
            log.warn("A change of {} past the config service is not in its history", pid, e);
        }
    }

    private boolean differs(String pid) throws ConfigException {
        Optional<Version> newest = parts.history().current(pid);
        Optional<SortedMap<String, StoredValue>> inAdmin = parts.inForce().inAdmin(pid);
        boolean known = newest.filter(version -> !version.facts().removed()).isPresent();
        return inAdmin.map(values ->
                        !known || !Version.same(values, newest.orElseThrow().values()))
                .orElse(known);
    }

    private boolean recordIfDifferent(String pid) throws ConfigException {
        if (!differs(pid)) {
            return false;
        }
        long version = parts.history()
                        .current(pid)
                        .map(found -> found.facts().version())
                        .orElse(0L)
                + 1;
        Optional<SortedMap<String, StoredValue>> inAdmin = parts.inForce().inAdmin(pid);
        parts.inForce()
                .record(parts.inForce()
                        .version(
                                pid,
                                version,
                                Origin.OUTSIDE,
                                SOMEBODY,
                                inAdmin.orElseGet(TreeMap::new),
                                inAdmin.isEmpty()));
        Map<String, String> detail = Map.of("version", Long.toString(version));
        parts.audit().tell(new AuditDesk.Trace("config.outside", pid, SOMEBODY, detail), Verdict.DONE, "");
        return true;
    }
}
