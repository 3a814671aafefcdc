package io.sekimori.tuning.records;

import io.sekimori.audit.AuditLog;
import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Fleet;
import io.sekimori.records.Database;
import io.sekimori.releases.Director;
import java.util.Optional;

/** The services around this bundle, as they are at the moment of the call. Each may be away while it is replaced. */
interface Parts {

    Optional<Fleet> fleet();

    Optional<Courier> courier();

    Optional<Director> director();

    Optional<AuditLog> audit();

    /** @throws Stopped if there are none */
    Database records() throws Stopped;
}
