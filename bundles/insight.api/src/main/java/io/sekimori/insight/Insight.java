package io.sekimori.insight;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The statuses of the gateways of this console. Several consoles may work on the same records. Thread-safe.
 *
 * <p>A status says how a gateway was when it looked, not how it is: whoever shows one shows {@link KeptStatus#at} with it.
 */
@ProviderType
public interface Insight {

    /** The most statuses of one page. */
    int MAX_PAGE = 500;

    /**
     * Takes a signed status that came in the name of {@code gateway}. It is verified with the device key bound to that
     * gateway, and its sequence must be beyond that of the newest that is kept. When {@link IntakeAnswer.Accepted} comes back
     * it is on disk.
     *
     * @param signed as the gateway sent it
     * @throws InsightException if records or fleet cannot be reached; it has to be handed in again
     */
    IntakeAnswer take(String gateway, byte[] signed) throws InsightException;

    /**
     * The newest status of a gateway; empty if it never sent one.
     *
     * @throws InsightException if the records cannot be reached
     */
    Optional<KeptStatus> latest(String gateway) throws InsightException;

    /**
     * Statuses of a gateway, the newest first; a bounded number is kept.
     *
     * @param before only those whose sequence is below; empty for the newest
     * @param limit 1 to {@value #MAX_PAGE}
     * @throws InsightException if the records cannot be reached
     */
    List<KeptStatus> history(String gateway, OptionalLong before, int limit) throws InsightException;
}
