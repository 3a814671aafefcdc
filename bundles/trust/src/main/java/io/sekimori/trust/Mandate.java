package io.sekimori.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A short-lived permission that comes with a remote request: who asks, what, of which gateway, until when. The director
 * signs it with the key it signs assignments with; what it says it is keeps the two apart. Immutable.
 *
 * @param id names the request: 1 to 64 of {@code A-Z a-z 0-9 -}
 * @param person who asks, as in the audit: 1 to 200 characters
 * @param action what is asked, such as {@code settings.change}: 1 to 64 of {@code a-z .}
 * @param gateway the gateway's id
 * @param device SHA-256 of its public key, hex
 * @param counter larger than that of every request before to this gateway
 * @param issued when it was signed, in whole seconds
 * @param expires until when it may be begun, at most an hour later
 * @param content what else is asked: JSON of objects, lists and texts; may hold secrets, so it is never printed
 */
public record Mandate(
        String id,
        String person,
        String action,
        String gateway,
        String device,
        long counter,
        Instant issued,
        Instant expires,
        Map<String, ?> content) {

    /** The longest mandate with its signatures. */
    public static final int MAX_BYTES = 256 << 10;

    private static final String TYPE = "mandate";
    private static final Duration LONGEST = Duration.ofHours(1);

    /** @throws IllegalArgumentException if a part is malformed */
    public Mandate {
        Names.require(id.matches("[A-Za-z0-9-]{1,64}"), "id is malformed");
        Names.require(!person.isEmpty() && person.length() <= 200, "person must have 1 to 200 characters");
        Names.require(action.matches("[a-z.]{1,64}"), "action is malformed");
        Names.require(gateway.matches("g-[a-z2-7]{12}"), "gateway is malformed");
        Names.requireSha256(device);
        Names.require(counter > 0, "counter is below 1");
        issued = issued.truncatedTo(ChronoUnit.SECONDS);
        expires = expires.truncatedTo(ChronoUnit.SECONDS);
        Names.require(
                expires.isAfter(issued) && !expires.isAfter(issued.plus(LONGEST)),
                "a mandate is valid for at most an hour");
        Objects.requireNonNull(content, "content");
    }

    /** Never the content. */
    @Override
    public String toString() {
        return "Mandate[" + action + " " + id + " of " + person + " for " + gateway + "]";
    }

    Map<String, Object> json() {
        return new TreeMap<>(Map.of(
                "_type", TYPE,
                "id", id,
                "person", person,
                "action", action,
                "gateway", gateway,
                "device", device,
                "counter", counter,
                "issued", TufTime.format(issued),
                "expires", TufTime.format(expires),
                "content", content));
    }

    static Mandate of(JsonObject signed) throws MalformedJson {
        if (!signed.string("_type").equals(TYPE)) {
            throw new MalformedJson("it is no mandate");
        }
        Map<String, @Nullable Object> content = signed.object("content").asMap();
        try {
            return new Mandate(
                    signed.string("id"),
                    signed.string("person"),
                    signed.string("action"),
                    signed.string("gateway"),
                    signed.string("device"),
                    signed.number("counter"),
                    TufTime.parse(signed, "issued"),
                    TufTime.parse(signed, "expires"),
                    content);
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }
}
