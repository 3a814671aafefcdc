package io.sekimori.notices;

/**
 * Something that happened once, however often it is seen.
 *
 * @param kind what it is
 * @param key the same each time it is seen, 1 to 200 characters
 * @param subject what it is about, for people, without control characters; at most 200 characters
 * @param detail more words, the same; at most 2,000 characters
 */
record Fact(Kind kind, String key, String subject, String detail) {

    private static final int MOST_DETAIL = 2_000;

    Fact {
        key = bounded(kind + " " + key, 200);
        subject = bounded(subject, 200);
        detail = bounded(detail, MOST_DETAIL);
    }

    /** Names and details come from gateways: nothing of them ends a line, turns text round or hides. */
    private static String bounded(String text, int most) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\u2028\\u2029]", "?");
        return clean.length() > most ? clean.substring(0, cut(clean, most)) : clean;
    }

    // Never between the two halves of one character.
    private static int cut(String text, int most) {
        return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    }
}
