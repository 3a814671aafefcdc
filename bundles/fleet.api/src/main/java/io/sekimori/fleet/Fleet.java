package io.sekimori.fleet;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The gateways of this console. What changes on a person's order is audited first; when a call returns, what it did is
 * on disk. Several consoles may work on the same records.
 *
 * <p>Thread-safe.
 */
@ProviderType
public interface Fleet {

    /** The most gateways of one page. */
    int MAX_PAGE = 500;

    /**
     * Registers a gateway and makes its activation file.
     *
     * @param actor who asks, for the audit: 1 to 200 characters
     * @return {@link FleetAnswer.Registered} or {@link FleetAnswer.Refused}
     * @throws FleetException if the records cannot be reached
     */
    FleetAnswer register(Registration registration, String actor) throws FleetException;

    /**
     * Makes a new activation file for a gateway that has not enrolled yet; earlier ones are void.
     *
     * @return {@link FleetAnswer.Registered} or {@link FleetAnswer.Refused}
     * @throws FleetException if the records cannot be reached
     */
    FleetAnswer activation(String id, String actor) throws FleetException;

    /**
     * Gateways in the order of their serial numbers.
     *
     * @param after the last serial number of the page before; empty for the first page
     * @param limit 1 to {@value #MAX_PAGE}
     * @throws FleetException if the records cannot be reached
     */
    Page page(Filter filter, Optional<String> after, int limit) throws FleetException;

    /**
     * How many there are.
     *
     * @throws FleetException if the records cannot be reached
     */
    long count(Filter filter) throws FleetException;

    /**
     * The ids of those that match, in the order of their serial numbers; what else is known of them is not read.
     *
     * @param most how many at most, from 1 on
     * @throws FleetException if the records cannot be reached
     */
    List<String> ids(Filter filter, int most) throws FleetException;

    /**
     * One gateway, whatever became of it.
     *
     * @throws FleetException if the records cannot be reached
     */
    Optional<Gateway> get(String id) throws FleetException;

    /**
     * Where a gateway stands, without all that {@link #get} knows of it: for who asks at each of its requests.
     *
     * @throws FleetException if the records cannot be reached
     */
    Optional<Standing> standing(String id) throws FleetException;

    /**
     * Where a gateway stands.
     *
     * @param deviceKey as {@link Gateway#deviceKey()}
     */
    record Standing(Life life, Optional<String> deviceKey) {}

    /**
     * Those of {@code ids} that exist, in no order, read at once.
     *
     * @param ids at most 10,000
     *
     * @throws FleetException if the records cannot be reached
     */
    List<Gateway> all(Set<String> ids) throws FleetException;

    /**
     * As {@link #all}, without their labels and bundles.
     *
     * @param ids at most 10,000
     *
     * @throws FleetException if the records cannot be reached
     */
    List<Gateway> bare(Set<String> ids) throws FleetException;

    /**
     * What they run, counted where the records are: no list of a gateway's bundles is made.
     *
     * @param ids at most 10,000
     * @param since what is known of a gateway counts if it reported since then, or was heard, since it reports whatever changes
     * @throws FleetException if the records cannot be reached
     */
    Census census(Set<String> ids, Instant since) throws FleetException;

    /**
     * Puts exactly these labels on a gateway.
     *
     * @param revision the revision this change was decided on; empty to change whatever is there
     * @throws FleetException if the records cannot be reached
     */
    FleetAnswer label(String id, Set<String> labels, OptionalLong revision, String actor) throws FleetException;

    /**
     * Moves a gateway in the ledger, if {@link Life#mayBecome} allows it. Lost and retired gateways lose their
     * certificate.
     *
     * @param revision as for {@link #label}
     * @throws FleetException if the records cannot be reached
     */
    FleetAnswer move(String id, Life life, OptionalLong revision, String actor) throws FleetException;

    /**
     * Takes a sign of life. Unknown gateways are ignored.
     *
     * @return whether the gateway is known
     * @throws FleetException if the records cannot be reached; the sign is not taken then
     */
    boolean heard(String id, Sign sign) throws FleetException;

    /**
     * Takes a signed report that came in the name of {@code id}, over whichever way. It is verified with the device key
     * bound to that gateway, and its sequence must be beyond that of the last one. When {@link ReportAnswer.Accepted}
     * comes back it is on disk, and every {@link ReportListener} that was there has been told.
     *
     * @param signed the report as the gateway sent it
     * @throws FleetException if the records cannot be reached; the gateway has to send it again
     */
    ReportAnswer report(String id, byte[] signed) throws FleetException;

    /**
     * The newest reports as the gateways signed them, by gateway id; one that never reported is absent. For the director,
     * and for whoever wants to verify them elsewhere.
     *
     * @param ids at most 10,000
     * @throws FleetException if the records cannot be reached
     */
    Map<String, String> signedReports(Set<String> ids) throws FleetException;

    /**
     * The public key of a gateway, of which its certificate and {@link Gateway#deviceKey()} speak; known from its first
     * verified report on.
     *
     * @throws FleetException if the records cannot be reached
     */
    Optional<PublicKey> publicKey(String id) throws FleetException;
}
