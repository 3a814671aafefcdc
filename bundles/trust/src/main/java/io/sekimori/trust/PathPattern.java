package io.sekimori.trust;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * A pattern of target paths (4.5): {@code *} stands for any characters, {@code ?} for one, {@code [a-z]} and
 * {@code [!a-z]} for one of a set, none of them for {@code /}. Case counts.
 *
 * @param text as metadata has it
 */
record PathPattern(String text) {

    // What the paths of releases are written in: see Names.
    private static final String PATHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";

    /** Whether it covers {@code path}; takes time in proportion to both lengths at most. */
    boolean matches(String path) {
        // By code point: a character beyond U+FFFF is one character, too.
        return new Match(text.codePoints().toArray(), path.codePoints().toArray()).all();
    }

    /** Whether there can be a release whose path both cover. */
    boolean meets(PathPattern other) {
        return new Match(text.codePoints().toArray(), PATHS.codePoints().toArray())
                .meets(other.text.codePoints().toArray());
    }

    private record Match(int[] pattern, int[] path) {

        boolean all() {
            int at = 0;
            int p = 0;
            int star = -1;
            int resume = 0;
            while (at < path.length) {
                int c = path[at];
                if (p < pattern.length && pattern[p] == '*') {
                    star = p++;
                    resume = at;
                } else if (p < pattern.length && one(p, c)) {
                    p += width(p);
                    at++;
                } else if (star >= 0 && path[resume] != '/') {
                    // Only the last star need be tried again: a longer match of an earlier one covers nothing more.
                    p = star + 1;
                    at = ++resume;
                } else {
                    return false;
                }
            }
            while (p < pattern.length && pattern[p] == '*') {
                p++;
            }
            return p == pattern.length;
        }

        // Reads both patterns side by side, a character of some path at a time: who reaches both ends has read such a
        // path.
        boolean meets(int[] others) {
            Match other = new Match(others, path);
            int rows = others.length + 1;
            BitSet seen = new BitSet();
            Deque<Integer> ahead = new ArrayDeque<>();
            ahead.push(0);
            while (!ahead.isEmpty()) {
                int here = ahead.pop();
                if (seen.get(here)) {
                    continue;
                }
                seen.set(here);
                int p = here / rows;
                int q = here % rows;
                if (p == pattern.length && q == others.length) {
                    return true;
                }
                if (star(p)) {
                    ahead.push((p + 1) * rows + q);
                }
                if (other.star(q)) {
                    ahead.push(p * rows + q + 1);
                }
                if (shares(p, other, q)) {
                    ahead.push((star(p) ? p : p + width(p)) * rows + (other.star(q) ? q : q + other.width(q)));
                }
            }
            return false;
        }

        private boolean star(int p) {
            return p < pattern.length && pattern[p] == '*';
        }

        private boolean shares(int p, Match other, int q) {
            if (p == pattern.length || q == other.pattern.length) {
                return false;
            }
            for (int c : path) {
                if (takes(p, c) && other.takes(q, c)) {
                    return true;
                }
            }
            return false;
        }

        private boolean takes(int p, int c) {
            return star(p) ? c != '/' : one(p, c);
        }

        private boolean one(int p, int c) {
            int wanted = pattern[p];
            if (wanted == '?') {
                return c != '/';
            }
            int end = wanted == '[' ? setEnd(p) : -1;
            return end < 0 ? wanted == c : c != '/' && inSet(p + 1, end, c);
        }

        private int width(int p) {
            int end = pattern[p] == '[' ? setEnd(p) : -1;
            return end < 0 ? 1 : end - p + 1;
        }

        // The bracket that closes a set is not its first member; a set never closed is a bracket and nothing more.
        private int setEnd(int open) {
            int first = open + 1;
            if (first < pattern.length && pattern[first] == '!') {
                first++;
            }
            for (int i = first; i < pattern.length && pattern[i] != '/'; i++) {
                if (pattern[i] == ']' && i > first) {
                    return i;
                }
            }
            return -1;
        }

        private boolean inSet(int from, int end, int c) {
            boolean negated = pattern[from] == '!';
            boolean found = false;
            for (int i = negated ? from + 1 : from; i < end; i++) {
                boolean range = i + 2 < end && pattern[i + 1] == '-';
                int last = range ? pattern[i + 2] : pattern[i];
                found |= pattern[i] <= c && c <= last;
                i += range ? 2 : 0;
            }
            return found != negated;
        }
    }
}
