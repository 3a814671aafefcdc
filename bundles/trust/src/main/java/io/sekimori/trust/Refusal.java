package io.sekimori.trust;

/**
 * Why something was refused.
 *
 * @param code   the broken rule
 * @param detail its data, safe to log and to show: control characters are replaced and it is cut at
 *               {@value #MAX_DETAIL_CHARS} characters, so that text from outside may be put in
 */
public record Refusal(RefusalCode code, String detail) {

    /** The longest detail. */
    public static final int MAX_DETAIL_CHARS = 400;

    public Refusal {
        detail = safe(detail);
    }

    @Override
    public String toString() {
        return code.name() + ": " + detail;
    }

    private static String safe(String text) {
        String cut = text.length() <= MAX_DETAIL_CHARS ? text : text.substring(0, MAX_DETAIL_CHARS - 1) + "…";
        return harmless(cut);
    }

    /** Text from outside without what a terminal obeys or a reader does not see. */
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", "?");
    }
}
