package io.sekimori.status;

/** The rule for words in a status. Stateless. */
final class Text {

    private Text() {}

    /** At most so many characters, none of them a control character or half of one. */
    static String safe(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]", "?");
    }
}
