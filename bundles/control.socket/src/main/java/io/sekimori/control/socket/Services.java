package io.sekimori.control.socket;

import io.sekimori.audit.AuditTrail;
import io.sekimori.control.ControlOperation;
import io.sekimori.keys.Keys;
import io.sekimori.update.UpdateService;
import java.util.Optional;

/** Services of other bundles, as they are at the moment of the question. */
interface Services {

    Optional<UpdateService> update();

    Optional<AuditTrail> audit();

    Optional<Keys> keys();

    /** The operation of that name which some bundle offers. */
    Optional<ControlOperation> operation(String name);
}
