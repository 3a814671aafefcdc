package io.sekimori.trust;

/**
 * A pattern of target paths (4.5): {@code *} stands for any characters, {@code ?} for one, {@code [a-z]} and
 * {@code [!a-z]} for one of a set, none of them for {@code /}. Case counts.
 *
 * @param text as metadata has it
 */
record PathPattern(String text) {

    /** Whether it covers {@code path}; takes time in proportion to both lengths at most. */
    boolean matches(String path) {
        int at = 0;
        int p = 0;
        int star = -1;
        int resume = 0;
        while (at < path.length()) {
            char c = path.charAt(at);
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = at;
            } else if (p < text.length() && one(p, c)) {
                p += width(p);
                at++;
            } else if (star >= 0 && path.charAt(resume) != '/') {
                // Only the last star need be tried again: a longer match of an earlier one covers nothing more.
                p = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    private boolean one(int p, char c) {
        char wanted = text.charAt(p);
        if (wanted == '?') {
            return c != '/';
        }
        int end = wanted == '[' ? setEnd(p) : -1;
        return end < 0 ? wanted == c : c != '/' && inSet(p + 1, end, c);
    }

    private int width(int p) {
        int end = text.charAt(p) == '[' ? setEnd(p) : -1;
        return end < 0 ? 1 : end - p + 1;
    }

    // The bracket that closes a set is not its first member; a set never closed is a bracket and nothing more.
    private int setEnd(int open) {
        int first = open + 1;
        if (first < text.length() && text.charAt(first) == '!') {
            first++;
        }
        int slash = text.indexOf('/', open);
        int end = text.indexOf(']', first + 1);
        return end > 0 && (slash < 0 || end < slash) ? end : -1;
    }

    private boolean inSet(int from, int end, char c) {
        boolean negated = text.charAt(from) == '!';
        boolean found = false;
        for (int i = negated ? from + 1 : from; i < end; i++) {
            boolean range = i + 2 < end && text.charAt(i + 1) == '-';
            char last = range ? text.charAt(i + 2) : text.charAt(i);
            found |= text.charAt(i) <= c && c <= last;
            i += range ? 2 : 0;
        }
        return found != negated;
    }
}
