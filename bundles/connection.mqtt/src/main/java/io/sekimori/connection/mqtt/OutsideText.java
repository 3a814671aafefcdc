package io.sekimori.connection.mqtt;

/** Text from outside on its way into the log or the audit. Stateless. */
final class OutsideText {

    private OutsideText() {}

    /** At most so many characters, none of them a control character, never half of one. */
    static String shown(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE
                        ? '\uFFFD'
                        : point)
                .takeWhile(point -> shown.length() + Character.charCount(point) <= most)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
