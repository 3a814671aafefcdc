package io.sekimori.releases;

import java.time.Instant;
import java.util.List;

/**
 * Somebody's approval, as it was collected.
 *
 * @param keyIds the keys that signed it
 * @param gateways for how many gateways; 0 for all of the model
 * @param issued when it was signed
 * @param expires until when gateways accept it
 * @param received when it was handed in
 * @param actor who handed it in
 */
public record GivenApproval(
        List<String> keyIds, int gateways, Instant issued, Instant expires, Instant received, String actor) {

    public GivenApproval {
        keyIds = List.copyOf(keyIds);
    }
}
