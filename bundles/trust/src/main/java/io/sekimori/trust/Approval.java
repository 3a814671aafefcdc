package io.sekimori.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody says who approves: this content may be taken, by these gateways, until then. It names no assignment, so
 * that one approval serves a whole fleet; what its type says it is keeps it apart from all else that a key signs.
 * Immutable.
 *
 * @param content digest of an {@link ApprovedContent}, which names the model
 * @param devices SHA-256 of the gateways' public keys, hex; empty for all gateways of the model
 * @param issued  when it was signed, in whole seconds
 * @param expires until when it may be accepted, at most 90 days later
 */
public record Approval(String content, Set<String> devices, Instant issued, Instant expires) {

    /** The longest time that an approval may be valid. */
    public static final Duration LONGEST = Duration.ofDays(90);

    /** The most gateways that one names. */
    public static final int MAX_DEVICES = 2_000;

    private static final long FORMAT = 1;
    private static final String TYPE = "approval";
    private static final String ALL = "all";

    /** @throws IllegalArgumentException if a part is malformed */
    public Approval {
        Names.requireSha256(content);
        devices = Set.copyOf(devices);
        devices.forEach(Names::requireSha256);
        Names.require(devices.size() <= MAX_DEVICES, "more than " + MAX_DEVICES + " devices");
        issued = issued.truncatedTo(ChronoUnit.SECONDS);
        expires = expires.truncatedTo(ChronoUnit.SECONDS);
        Names.require(
                expires.isAfter(issued) && !expires.isAfter(issued.plus(LONGEST)),
                "an approval is valid for at most " + LONGEST.toDays() + " days");
    }

    /** Whether it is of this content for this gateway. */
    boolean covers(String sought, String device) {
        return content.equals(sought) && (devices.isEmpty() || devices.contains(device));
    }

    Map<String, Object> json() {
        // "all" is written out: nobody must approve for all gateways because a list got lost.
        return new TreeMap<>(Map.of(
                "_type",
                TYPE,
                "format",
                FORMAT,
                "content",
                content,
                "devices",
                devices.isEmpty() ? List.of(ALL) : List.copyOf(new TreeSet<>(devices)),
                "issued",
                TufTime.format(issued),
                "expires",
                TufTime.format(expires)));
    }

    static Approval read(JsonObject signed) throws MalformedJson {
        if (!signed.string("_type").equals(TYPE) || signed.number("format") != FORMAT) {
            throw new MalformedJson("it is no approval of format " + FORMAT);
        }
        List<String> devices = signed.strings("devices");
        if (devices.isEmpty()) {
            throw new MalformedJson("devices is empty");
        }
        try {
            return new Approval(
                    signed.string("content"),
                    devices.equals(List.of(ALL)) ? Set.of() : Set.copyOf(devices),
                    TufTime.parse(signed, "issued"),
                    TufTime.parse(signed, "expires"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }
}
