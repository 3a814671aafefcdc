package io.sekimori.settings;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.identity.Enrolled;
import io.sekimori.update.Forgeries;
import java.util.Optional;

/** The services around this bundle, as they are at the moment of the call. Each may be away while it is replaced. */
interface Around {

    /** @throws Stopped if it is away */
    Configurations configurations() throws Stopped;

    Optional<AuditLog> audit();

    /** Counts what only an attacker sends. */
    Optional<Forgeries> forgeries();

    /** What the gateway is at its console. */
    Optional<Enrolled> enrolled();
}
