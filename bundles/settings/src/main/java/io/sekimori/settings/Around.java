package io.sekimori.settings;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.identity.Enrolled;
import java.util.Optional;

/** The services around this bundle, as they are at the moment of the call. Each may be away while it is replaced. */
interface Around {

    /** @throws Stopped if it is away */
    Configurations configurations() throws Stopped;

    Optional<AuditLog> audit();

    /** What the gateway is at its console. */
    Optional<Enrolled> enrolled();
}
