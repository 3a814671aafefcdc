package io.sekimori.authority.ca;

import io.sekimori.audit.AuditLog;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.keys.Keys;
import io.sekimori.records.Database;
import java.util.Optional;

/** Services of other bundles, as they are at the moment of the question. */
interface Tools {

    /** The keys of this console. */
    Keys keys() throws AuthorityException;

    /** The authority's tables. */
    Database records() throws AuthorityException;

    Optional<AuditLog> audit();

    /** Tells everybody who listens. */
    void tell(GatewayCertificate certificate);

    /** Lets the broker hear soon that certificates were revoked. */
    void revoked();
}
