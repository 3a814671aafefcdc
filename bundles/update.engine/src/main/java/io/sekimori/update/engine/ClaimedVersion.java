package io.sekimori.update.engine;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.OptionalLong;

/** The version that metadata claims to have, before anybody has verified it: for the report of a refusal. */
final class ClaimedVersion {

    private static final int MAX_BYTES = 4 << 20;

    private ClaimedVersion() {}

    static OptionalLong of(byte[] metadata) {
        try {
            long version =
                    JsonObject.parse(metadata, MAX_BYTES).object("signed").number("version");
            return version < 0 ? OptionalLong.empty() : OptionalLong.of(version);
        } catch (MalformedJson e) {
            return OptionalLong.empty(); // the verifier says what is wrong with it
        }
    }
}
