package io.sekimori.releases;

import java.util.List;
import java.util.Map;

/**
 * What gateways are assigned, as people approve it.
 *
 * @param sha256 its digest, which is what they sign
 * @param document all of it, as JSON: what the digest is of
 * @param devices SHA-256 of the public keys of those that are assigned it
 * @param approvals those of it that are not over, the newest first
 */
public record AwaitedContent(
        String sha256, Map<String, ?> document, List<String> devices, List<GivenApproval> approvals) {

    public AwaitedContent {
        devices = List.copyOf(devices);
        approvals = List.copyOf(approvals);
    }
}
