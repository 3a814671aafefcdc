package io.sekimori.fleet;

import java.util.Map;

/** A sign of life. */
public sealed interface Sign {

    /**
     * It was born, or told of itself anew.
     *
     * @param facts Kura's birth metrics as text
     */
    record Born(Map<String, String> facts) implements Sign {

        /** @throws NullPointerException if a part is null */
        public Born {
            facts = Map.copyOf(facts);
        }
    }

    /** It said something else through the broker. */
    record Spoke() implements Sign {}

    /** It was heard by HTTPS, which says nothing of its session at the broker. */
    record Fetched() implements Sign {}

    /** It said good-bye, or the broker missed it. */
    record Left() implements Sign {}
}
