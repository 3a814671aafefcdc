package io.sekimori.update.engine;

import io.sekimori.audit.AuditLog;
import io.sekimori.config.Configurations;
import io.sekimori.keys.Keys;
import io.sekimori.update.TrustedTime;
import java.util.Optional;

/** The services of other bundles, as they are at the moment of the question; any of them may be on its way out or in. */
interface Capabilities {

    Optional<AuditLog> audit();

    Optional<Keys> keys();

    Optional<Configurations> configurations();

    /** Who knows the time better than the clock. */
    Optional<TrustedTime> time();
}
