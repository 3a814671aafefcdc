package io.sekimori.identity.device;

import io.sekimori.audit.AuditLog;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.keys.Keys;
import java.util.Optional;

/** Services of other bundles, as they are at the moment of the question. */
interface Tools {

    Optional<Keys> keys();

    Optional<AuditLog> audit();

    /** The way to the console, if not directly. */
    Optional<HttpProxy> proxy();

    /** Tells everybody who listens. */
    void tell(Enrolled now);
}
