package io.sekimori.fleet;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the console knows of one gateway.
 *
 * @param id {@code g-} and 12 of {@code a-z 2-7}: its MQTT client id and the name in its certificate
 * @param serial its serial number, unique on this console
 * @param model what it is
 * @param life where it stands in the ledger
 * @param deviceKey SHA-256 of its public key (SubjectPublicKeyInfo), 64 lower-case hex digits, once it enrolled
 * @param labels words that people put on it
 * @param contact when and how it was heard
 * @param report its newest verified report; empty if it never proved anything
 * @param reported when the console got that report
 * @param dropped reports in its name that were not believed, and replays
 * @param registered when it was registered
 * @param revision changes with its labels and its place in the ledger; for conditional changes
 */
public record Gateway(
        String id,
        String serial,
        String model,
        Life life,
        Optional<String> deviceKey,
        Set<String> labels,
        Contact contact,
        Optional<DeviceReport> report,
        Optional<Instant> reported,
        long dropped,
        Instant registered,
        long revision) {

    /** @throws NullPointerException if a part is null */
    public Gateway {
        labels = Set.copyOf(labels);
    }

    /**
     * When and how a gateway was heard. None of it is signed by the device: the broker vouches that its certificate
     * was there, no more.
     *
     * @param connected whether it has a session at the broker, as far as the console heard
     * @param lastHeard the last word of any kind; empty if there was none
     * @param birth what it said at its birth: names of Kura's birth metrics, cleaned and bounded; empty if it did not
     */
    public record Contact(boolean connected, Optional<Instant> lastHeard, Map<String, String> birth) {

        /** Nothing was heard. */
        public static final Contact NONE = new Contact(false, Optional.empty(), Map.of());

        /** @throws NullPointerException if a part is null */
        public Contact {
            birth = Map.copyOf(birth);
        }
    }
}
