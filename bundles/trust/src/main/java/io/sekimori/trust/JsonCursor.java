package io.sekimori.trust;

import org.jspecify.annotations.Nullable;

/** Walks through the text of JSON: its characters, white space and strings. Confined to one thread. */
final class JsonCursor {

    private final String text;
    private int at;

    /** @param text without an unpaired surrogate */
    JsonCursor(String text) {
        this.text = text;
    }

    /** The rest of a string whose opening quote was taken. */
    String string() throws MalformedJson {
        int start = at;
        char next = take();
        while (next != '"' && next != '\\') {
            require(next >= ' ', "a control character in a string");
            next = take();
        }
        String plain = text.substring(start, at - 1);
        return next == '"' ? plain : escaped(new StringBuilder(plain));
    }

    /** The same from the first backslash on, which was taken. */
    private String escaped(StringBuilder string) throws MalformedJson {
        string.append(escape());
        for (char next = take(); next != '"'; next = take()) {
            require(next >= ' ', "a control character in a string");
            string.append(next == '\\' ? escape() : next);
        }
        requirePairs(string);
        return string.toString();
    }

    private char escape() throws MalformedJson {
        char letter = take();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hexDigit() << 12 | hexDigit() << 8 | hexDigit() << 4 | hexDigit());
            default -> throw malformed("an unknown escape in a string", null);
        };
    }

    private int hexDigit() throws MalformedJson {
        char digit = take();
        int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
        require(value >= 0, "a hexadecimal digit is missing");
        return value;
    }

    // An unpaired surrogate has no UTF-8 form, so two different texts would be signed as the same bytes.
    private static void requirePairs(StringBuilder string) throws MalformedJson {
        for (int i = 0; i < string.length(); i++) {
            if (Character.isSurrogate(string.charAt(i))
                    && !Character.isSupplementaryCodePoint(string.codePointAt(i++))) {
                throw new MalformedJson("an unpaired surrogate in a string");
            }
        }
    }

    /** Takes the next character that is no white space. */
    char token() throws MalformedJson {
        skipSpace();
        return take();
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    char take() throws MalformedJson {
        if (at == text.length()) {
            throw new MalformedJson("ends in the middle");
        }
        return text.charAt(at++);
    }

    /** The next character, which stays; 0, which JSON has nowhere, at the end. */
    char peek() {
        return at == text.length() ? 0 : text.charAt(at);
    }

    /** Whether only white space is left. */
    boolean isEnd() {
        skipSpace();
        return at == text.length();
    }

    void require(boolean holds, String otherwise) throws MalformedJson {
        if (!holds) {
            throw malformed(otherwise, null);
        }
    }

    /** What is wrong, and where. */
    MalformedJson malformed(String what, @Nullable Exception cause) {
        long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
        int column = at - text.lastIndexOf('\n', at - 1) - 1;
        return new MalformedJson(what + " (line " + line + ", column " + column + ")", cause);
    }
}
