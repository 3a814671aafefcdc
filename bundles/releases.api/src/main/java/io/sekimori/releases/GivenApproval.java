package io.sekimori.releases;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Somebody's approval, as it was collected.
 *
 * @param keyIds the keys that signed it
 * @param withdrawn those of them that took it back
 * @param devices SHA-256 of the public keys of the gateways that it is for; empty for all of the model
 * @param issued when it was signed
 * @param expires until when gateways accept it
 * @param received when it was handed in
 * @param actor who handed it in
 */
public record GivenApproval(
        List<String> keyIds,
        List<String> withdrawn,
        Set<String> devices,
        Instant issued,
        Instant expires,
        Instant received,
        String actor) {

    public GivenApproval {
        keyIds = List.copyOf(keyIds);
        withdrawn = List.copyOf(withdrawn);
        devices = Set.copyOf(devices);
    }
}
