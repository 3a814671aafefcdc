package io.sekimori.releases.repository;

/**
 * Asks for statements so that what people handed in costs little to read: the newest of each person before the second of
 * anybody, the short ones before the long, and no more in sum than a few files for gateways. Stateless.
 */
final class FairShare {

    /** In sum, of what is read for one gateway. */
    static final int MOST_CHARS = 4 << 20;

    // Lengths are weighed first: what is over is not read. H2 and PostgreSQL both know it.
    private static final String SHARE = "select s.document, s.received, s.actor from %1$s s join (select id, place,"
            + " sum(chars) over (order by place, turn, chars, id) as so_far from (select id, place, chars, row_number()"
            + " over (partition by place, person order by received desc, id) as turn from (select id, received,"
            + " length(document) as chars, left(actor, position(' ' in actor || ' ') - 1) as person, %2$s as place"
            + " from %1$s where %3$s) a) b) c on c.id = s.id where c.so_far <= " + MOST_CHARS
            + " order by c.place, s.received desc, s.id";

    private FairShare() {}

    /**
     * The query, for document, received and actor.
     *
     * @param place what comes before all others, as a number
     */
    static String sql(String table, String place, String where) {
        return String.format(SHARE, table, place, where);
    }
}
