package io.sekimori.config.admin;

import io.sekimori.config.ConfigException;
import org.osgi.service.log.Logger;

/** What is done after a change, as well as it can: a change that is in force stays so. Confined to the lock's holder. */
final class Upkeep {

    private final History history;
    private final Snapshots snapshots;
    private final Unaudited unaudited;
    private final Logger log;

    Upkeep(History history, Snapshots snapshots, Unaudited unaudited, Logger log) {
        this.history = history;
        this.snapshots = snapshots;
        this.unaudited = unaudited;
        this.log = log;
    }

    void after(String pid, AuditDesk audit) {
        try {
            if (history.numbers(pid).size() > History.KEPT) {
                history.prune(pid, snapshots.held(pid));
            }
        } catch (ConfigException e) {
            log.warn("Old versions of {} could not be removed", pid, e);
        }
        unaudited.catchUp(audit);
    }
}
