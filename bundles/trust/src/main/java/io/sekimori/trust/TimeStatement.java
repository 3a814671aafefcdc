package io.sekimori.trust;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What time it is at a console, signed by its director for who asked with this nonce. What it says it is keeps it apart from
 * everything else that the director signs. Immutable.
 *
 * @param nonce 32 to 64 of {@code 0-9 a-f}, chosen at random by who asks
 * @param time  in whole seconds
 */
public record TimeStatement(String nonce, Instant time) {

    /** The longest statement with its signatures. */
    public static final int MAX_BYTES = 64 << 10;

    private static final String TYPE = "time";
    private static final Pattern NONCE = Pattern.compile("[0-9a-f]{32,64}");

    /** @throws IllegalArgumentException if the nonce is malformed */
    public TimeStatement {
        Names.require(isNonce(nonce), "a nonce has 32 to 64 of 0-9 a-f");
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether a statement can be made for it. */
    public static boolean isNonce(String text) {
        return NONCE.matcher(text).matches();
    }

    Map<String, Object> json() {
        return new TreeMap<>(Map.of("_type", TYPE, "nonce", nonce, "time", TufTime.format(time)));
    }

    static TimeStatement of(JsonObject signed) throws MalformedJson {
        if (!signed.string("_type").equals(TYPE)) {
            throw new MalformedJson("it does not say what time it is");
        }
        try {
            return new TimeStatement(signed.string("nonce"), TufTime.parse(signed, "time"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }
}
