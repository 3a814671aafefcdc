package io.sekimori.trust;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON for files and people: valid, indented, names sorted, a line feed at the end, and the same bytes for the same
 * value every time. {@link JsonObject} reads it back. Thread-safe.
 */
public final class JsonText {

    private static final String HEX = "0123456789ABCDEF";

    private final StringBuilder out = new StringBuilder();
    private String indent = "\n";

    private JsonText() {}

    /**
     * The file's bytes, UTF-8.
     *
     * @param value of String, Long, Integer, Boolean, null, and Map and List of these
     * @throws IllegalArgumentException for any other type, or text that has no UTF-8 form
     */
    public static byte[] bytes(Map<String, ?> value) {
        JsonText json = new JsonText();
        json.members(value);
        json.out.append('\n');
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json.out));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("an unpaired surrogate in a string", e);
        }
    }

    private void write(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            out.append(value);
        } else if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Map<?, ?> map) {
            members(map);
        } else if (value instanceof List<?> list) {
            elements(list);
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private void members(Map<?, ?> map) {
        String[] names = map.keySet().toArray(new String[0]);
        Arrays.sort(names, CanonicalJson.BY_CODE_POINT);
        String outer = open('{');
        for (String name : names) {
            next();
            quote(name);
            out.append(" : ");
            write(map.get(name));
        }
        close(outer, '}');
    }

    private void elements(List<?> list) {
        String outer = open('[');
        for (Object element : list) {
            next();
            write(element);
        }
        close(outer, ']');
    }

    private String open(char bracket) {
        String outer = indent;
        out.append(bracket);
        indent = outer + "  ";
        return outer;
    }

    private void next() {
        char before = out.charAt(out.length() - 1);
        out.append(before == '{' || before == '[' ? "" : ",").append(indent);
    }

    private void close(String outer, char bracket) {
        char before = out.charAt(out.length() - 1);
        indent = outer;
        out.append(before == '{' || before == '[' ? " " : outer).append(bracket);
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = "\"\\\b\t\n\f\r".indexOf(c);
            if (escape >= 0) {
                out.append('\\').append("\"\\btnfr".charAt(escape));
            } else if (c < ' ') {
                out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
