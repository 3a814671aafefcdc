package io.sekimori.trust;

import java.util.Locale;

/** The top-level roles of TUF (2.1). */
public enum Role {
    /** Says which keys speak for which role. */
    ROOT,
    /** Says how fresh everything is. */
    TIMESTAMP,
    /** Says which metadata belongs together. */
    SNAPSHOT,
    /** Says which releases exist or, for the director, which are assigned. */
    TARGETS;

    /** The word in metadata: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
