package io.sekimori.delivery;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the console had for this gateway when it was asked last. It is the console's word, for people to read: nobody has
 * verified it yet. Immutable.
 *
 * @param when it answered
 * @param assignment the number; 0 if there was none
 * @param releases what it names, {@code name/version}; at most {@value #MOST}
 */
record Asked(Instant when, long assignment, List<String> releases) {

    static final int MOST = 1_000;

    private static final Pattern PATH =
            Pattern.compile("((?:slot|java)/)?([A-Za-z0-9._-]{1,200})/([A-Za-z0-9._-]{1,100})/[^/]{1,300}");

    Asked {
        releases = List.copyOf(releases);
    }

    /** @param assignment as it came; none if it is empty or malformed */
    static Asked of(Instant when, byte[] assignment) {
        try {
            JsonObject signed =
                    JsonObject.parse(assignment, ClaimedVersion.MAX_BYTES).object("signed");
            List<String> releases = new ArrayList<>();
            for (String path : signed.object("targets").names()) {
                Matcher parts = PATH.matcher(path);
                if (parts.matches() && releases.size() < MOST) {
                    releases.add(parts.group(2) + "/" + parts.group(3));
                }
            }
            return new Asked(when, signed.number("version"), releases);
        } catch (MalformedJson e) {
            return new Asked(when, 0, List.of());
        }
    }
}
