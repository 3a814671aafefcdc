package io.sekimori.releases;

import java.time.Duration;
import java.util.Map;

/**
 * A request to one gateway that the director is to sign: a mandate.
 *
 * @param id names it: 1 to 64 of {@code A-Z a-z 0-9 -}
 * @param person who asks, as in the audit
 * @param action what is asked, such as {@code settings.change}
 * @param gateway the gateway's id
 * @param device SHA-256 of its public key, hex
 * @param counter larger than that of every request before to this gateway
 * @param validFor until when it may be begun, at most an hour
 * @param content what else is asked: objects, lists, texts and whole numbers; may hold secrets, so it is never printed
 */
public record Errand(
        String id,
        String person,
        String action,
        String gateway,
        String device,
        long counter,
        Duration validFor,
        Map<String, ?> content) {

    /** Never the content. */
    @Override
    public String toString() {
        return "Errand[" + action + " " + id + " for " + gateway + "]";
    }
}
