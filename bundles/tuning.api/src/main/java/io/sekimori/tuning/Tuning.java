package io.sekimori.tuning;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes settings of gateways by mandate, and follows what becomes of it. A gateway tries a change and takes it back if
 * it does not reach its console with it; nothing counts as confirmed before the gateway proved it.
 *
 * <p>Thread-safe, also between consoles that share their records. No value of a password is kept here.
 */
@ProviderType
public interface Tuning {

    /**
     * Signs a change and sends it. The gateway is asked first what it has, so it must answer; waits for that, at most half
     * a minute. Audited; without an audit refused.
     *
     * @param actor the person who asks, as in the audit
     */
    TuningAnswer change(Wish wish, String actor);

    /**
     * One change of one gateway; empty if there is none.
     *
     * @throws TuningException if the records do not answer
     */
    Optional<Tuned> get(String gateway, String change) throws TuningException;

    /**
     * Changes of one gateway, the newest first.
     *
     * @param after the id of the last one seen
     * @param limit 1 to 1,000
     * @throws TuningException if the records do not answer
     */
    List<Tuned> page(String gateway, Optional<String> after, int limit) throws TuningException;
}
