package io.sekimori.delivery;

import io.sekimori.connection.Outbox;
import io.sekimori.identity.Identity;
import io.sekimori.update.Forgeries;
import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateService;
import java.util.Optional;

/** The services around this bundle, as they are at the moment of the call. Each may be away while it is replaced. */
interface Surroundings {

    Optional<Identity> identity();

    Optional<UpdateService> update();

    Optional<Outbox> outbox();

    /** What remembers what people took back. */
    Optional<TakenBack> takenBack();

    /** Counts what only an attacker sends. */
    Optional<Forgeries> forgeries();

    /** Whether the broker has this gateway. */
    boolean connected();
}
