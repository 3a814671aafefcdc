package io.sekimori.records;

import java.util.Locale;

/** Which database it is. Stable names: add, never rename. */
public enum Dialect {
    /** H2 in PostgreSQL mode, in a file of the console. */
    H2,
    /** A PostgreSQL server. */
    POSTGRESQL;

    /** The name of the folder with what differs: {@code h2} or {@code postgresql}. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
