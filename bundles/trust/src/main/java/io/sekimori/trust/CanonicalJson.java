package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OLPC canonical JSON, the form that TUF signs (not RFC 8785): names sorted by code point, no white space, only
 * {@code "} and {@code \} escaped, whole numbers only. Not always valid JSON (a line feed stays as it is), so write
 * files with {@link JsonText}. Thread-safe.
 */
public final class CanonicalJson {

    /** By code point, as Python and Go sort; String's own order is another for what lies beyond U+FFFF. */
    static final Comparator<String> BY_CODE_POINT = CanonicalJson::compare;

    private CanonicalJson() {}

    /**
     * The bytes to sign or hash.
     *
     * @param value of String, Long, Integer, Boolean, null, and Map and List of these
     * @throws IllegalArgumentException for any other type
     */
    public static byte[] bytes(Map<String, ?> value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof Integer) {
            out.append(value);
        } else if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Map<?, ?> map) {
            members(map, out);
        } else if (value instanceof List<?> list) {
            elements(list, out);
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void members(Map<?, ?> map, StringBuilder out) {
        String[] names = map.keySet().toArray(new String[0]);
        Arrays.sort(names, BY_CODE_POINT);
        char separator = '{';
        for (String name : names) {
            out.append(separator);
            quote(name, out);
            out.append(':');
            write(map.get(name), out);
            separator = ',';
        }
        out.append(names.length == 0 ? "{}" : "}");
    }

    private static void elements(List<?> list, StringBuilder out) {
        char separator = '[';
        for (Object element : list) {
            out.append(separator);
            write(element, out);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // A surrogate stands for a code point above all that a single unit can be.
                boolean oneBeyond = Character.isSurrogate(x) != Character.isSurrogate(y);
                return oneBeyond ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
