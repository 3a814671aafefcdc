package io.sekimori.delivery;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.OptionalLong;

/** Reads which version an assignment claims to be. Nothing is trusted for it: it only saves a try that is in vain. */
final class ClaimedVersion {

    /** The longest assignment that a console may hand over. */
    static final int MAX_BYTES = 512 << 10;

    private ClaimedVersion() {}

    /** Whether it claims to take back what was assigned before. */
    static boolean takesBack(byte[] assignment) {
        try {
            return JsonObject.parse(assignment, MAX_BYTES)
                    .object("signed")
                    .object("assignment")
                    .has("takesBack");
        } catch (MalformedJson e) {
            return false;
        }
    }

    /** Empty if it is no assignment at all. */
    static OptionalLong of(byte[] assignment) {
        try {
            long version =
                    JsonObject.parse(assignment, MAX_BYTES).object("signed").number("version");
            return version >= 1 ? OptionalLong.of(version) : OptionalLong.empty();
        } catch (MalformedJson e) {
            return OptionalLong.empty();
        }
    }
}
