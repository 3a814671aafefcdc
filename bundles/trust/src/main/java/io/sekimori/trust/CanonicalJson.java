package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * OLPC canonical JSON, the form that TUF signs (not RFC 8785): names sorted by code point, no white space, only
 * {@code "} and {@code \} escaped, whole numbers only. Not always valid JSON (a line feed stays as it is), so write
 * files with {@link JsonText}. Thread-safe.
 */
public final class CanonicalJson {

    // By code point, as Python and Go sort; String.compareTo orders supplementary characters differently.
    static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final Comparator<Map.Entry<?, ?>> BY_NAME =
            Comparator.comparing(member -> (String) member.getKey(), BY_CODE_POINT);

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
            enclosed('{', '}', map.entrySet().stream().sorted(BY_NAME).iterator(), out, member -> {
                quote((String) member.getKey(), out);
                out.append(':');
                write(member.getValue(), out);
            });
        } else if (value instanceof List<?> list) {
            enclosed('[', ']', list.iterator(), out, element -> write(element, out));
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static <T> void enclosed(char open, char close, Iterator<T> parts, StringBuilder out, Consumer<T> each) {
        out.append(open);
        while (parts.hasNext()) {
            each.accept(parts.next());
            if (parts.hasNext()) {
                out.append(',');
            }
        }
        out.append(close);
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append((char) c);
        });
        out.append('"');
    }
}
