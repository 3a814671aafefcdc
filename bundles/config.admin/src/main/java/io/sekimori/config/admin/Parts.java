package io.sekimori.config.admin;

import java.nio.file.Path;
import java.time.Clock;
import org.osgi.service.log.Logger;

/** What the roads of this bundle share: one set for each component. */
record Parts(
        Exclusively exclusively,
        History history,
        InForce inForce,
        Snapshots snapshots,
        Schemas schemas,
        AuditDesk audit,
        Unaudited unaudited,
        Upkeep upkeep) {

    static Parts in(Storage storage, AdminPort admin, Schemas schemas, AuditDesk audit, Clock clock, Logger log) {
        Path folder = storage.folder();
        History history = new History(folder, storage.maker());
        Snapshots snapshots = new Snapshots(folder);
        Unaudited unaudited = new Unaudited(folder, history, log);
        return new Parts(
                new Exclusively(folder, storage.patience()),
                history,
                new InForce(history, admin, schemas, clock),
                snapshots,
                schemas,
                audit,
                unaudited,
                new Upkeep(history, snapshots, unaudited, log));
    }
}
