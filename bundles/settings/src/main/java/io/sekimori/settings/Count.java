package io.sekimori.settings;

/**
 * How far mandates have counted. Whoever had the director's keys may have counted as far as numbers go; so it begins anew when a root
 * takes keys away.
 *
 * @param root version of the director's root that last took keys of mandates away; 1 if none did
 * @param number of the mandate
 */
record Count(long root, long number) {

    static final Count NONE = new Count(1, 0);

    boolean after(Count last) {
        return root == last.root ? number > last.number : root > last.root;
    }
}
