package io.sekimori.update.engine;

import io.sekimori.config.Authorship;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigException;
import io.sekimori.config.Configurations;
import io.sekimori.config.Snapshot;
import io.sekimori.generation.Generation;
import io.sekimori.update.UpdateCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The configurations of what a transition touches: kept before, changed with it, returned to on the way back. Asks for
 * the config service anew each time, since a transition may replace it. Thread-safe.
 */
final class ConfigurationKeeper {

    private final Capabilities capabilities;

    ConfigurationKeeper(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** PIDs whose configuration differs between the generations. */
    static Set<String> changed(Generation from, Generation to) {
        Set<String> pids = new TreeSet<>(from.configurations().keySet());
        pids.addAll(to.configurations().keySet());
        pids.removeIf(pid -> Optional.ofNullable(from.configurations().get(pid))
                .equals(Optional.ofNullable(to.configurations().get(pid))));
        return pids;
    }

    /** Notes what is in force for these bundles and PIDs. */
    Journal.Kept keep(Set<String> bundlesAndPids) throws Stopped {
        try {
            Snapshot snapshot = service().snapshot(bundlesAndPids);
            return new Journal.Kept(snapshot.id(), snapshot.versions());
        } catch (ConfigException e) {
            throw new Stopped(UpdateCode.CONFIGURATION_FAILED, "configurations could not be kept", e);
        }
    }

    /** Puts the configurations of a generation in force. */
    void apply(Generation generation) throws Stopped {
        demand(service().applyDefaults(generation.number(), generation.configurations()));
    }

    /** Returns to what was kept. */
    void restore(Journal.Kept kept, String id) throws Stopped {
        demand(service().restore(snapshot(kept), new Authorship(Policy.PID, "transition " + id + " was taken back")));
    }

    /** Lets go of what was kept. If the service is away nothing is lost: it forgets old snapshots by itself. */
    void forget(Journal.Kept kept) {
        capabilities.configurations().ifPresent(service -> service.forget(snapshot(kept)));
    }

    Configurations service() throws Stopped {
        return capabilities
                .configurations()
                .orElseThrow(() -> new Stopped(UpdateCode.CONFIG_UNAVAILABLE, "no config service is there"));
    }

    private static Snapshot snapshot(Journal.Kept kept) {
        return new Snapshot(kept.id(), kept.versions());
    }

    private static void demand(List<ChangeOutcome> outcomes) throws Stopped {
        String refused = outcomes.stream()
                .filter(ChangeOutcome.Refused.class::isInstance)
                .map(ChangeOutcome.Refused.class::cast)
                .map(each -> each.pid() + ": " + each.code() + " " + each.attribute() + " " + each.detail())
                .collect(Collectors.joining("; "));
        if (!refused.isEmpty()) {
            throw new Stopped(UpdateCode.CONFIGURATION_FAILED, refused);
        }
    }
}
