package io.sekimori.trust;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody says who takes back an {@link Approval}: whatever their key approved of this content until then does not
 * count any more. Later they may approve it again. It needs not the approval itself, which somebody may keep back, and is
 * for all gateways. Immutable.
 *
 * @param content digest of an {@link ApprovedContent}
 * @param issued  when it was signed, in whole seconds
 */
public record Withdrawal(String content, Instant issued) {

    private static final long FORMAT = 1;
    private static final String TYPE = "approval-withdrawal";

    /** @throws IllegalArgumentException if the digest is malformed */
    public Withdrawal {
        Names.requireSha256(content);
        issued = issued.truncatedTo(ChronoUnit.SECONDS);
    }

    Map<String, Object> json() {
        return new TreeMap<>(
                Map.of("_type", TYPE, "format", FORMAT, "content", content, "issued", TufTime.format(issued)));
    }

    static Withdrawal read(JsonObject signed) throws MalformedJson {
        if (!signed.string("_type").equals(TYPE) || signed.number("format") != FORMAT) {
            throw new MalformedJson("it is no withdrawal of format " + FORMAT);
        }
        try {
            return new Withdrawal(signed.string("content"), TufTime.parse(signed, "issued"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }
}
