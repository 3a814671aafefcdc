package io.sekimori.itests.process;

import java.util.Locale;

/**
 * How much of a sweep one run makes. The points are those of our code, the same on every Java: where a sweep is made on two,
 * each takes a share, and together they take all.
 */
enum Share {
    /** Everything, as long as nobody says that another run makes the rest. */
    ALL,
    /** Two of three. */
    FIRST,
    /** The third of them. */
    LATER;

    private static final int PARTS = 3;

    /** What {@code -Ditests.share} says: all, first or later. */
    static Share asked() {
        return valueOf(System.getProperty("itests.share", ALL.name()).toUpperCase(Locale.ROOT));
    }

    boolean takes(int point) {
        return this == ALL || (this == LATER) == (point % PARTS == 0);
    }

    /** How many of so many it makes. */
    int of(int all) {
        return switch (this) {
            case ALL -> all;
            case FIRST -> all - all / PARTS;
            case LATER -> all / PARTS;
        };
    }
}
