package io.sekimori.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads and writes as Jackson does where Jackson is set to be strict: what one takes the other takes, as the same. */
class JsonPeerTest {

    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\"a\"",
        "\"b\":",
        "\\n",
        "\\u00e9",
        "\\ud83d",
        "\\udd12",
        "0",
        "-",
        "17",
        "1.5",
        "e3",
        "9223372036854775808",
        "true",
        "false",
        "null",
        " ",
        "\n",
        "\t",
        "é",
        "関",
        "\uD83D\uDD12",
        "\u0001",
        "x"
    };

    private final Random random = new Random(20261122);

    @Test
    void whatItReadsIsWhatJacksonReads() {
        int taken = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] text = damaged(text(value(3))).getBytes(StandardCharsets.UTF_8);

            Optional<Object> ours = ours(text);

            assertThat(ours).as(new String(text, StandardCharsets.UTF_8)).isEqualTo(JacksonJson.read(text));
            taken += ours.isPresent() ? 1 : 0;
        }
        assertThat(taken).isBetween(5_000, 45_000);
    }

    @Test
    void whatItWritesIsWhatJacksonWrites() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            Map<String, Object> value = object(4);

            assertThat(JsonText.bytes(value)).isEqualTo(JacksonJson.bytes(value));
        }
    }

    private static Optional<Object> ours(byte[] text) {
        try {
            return Optional.of(JsonObject.parse(text).asMap());
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** The text with nothing or a piece or two of JSON put in, cut out or put in place of another. */
    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(3));
            damaged.replace(at, end, random.nextInt(4) == 0 ? "" : PIECES[random.nextInt(PIECES.length)]);
        }
        return damaged.isEmpty() ? " " : damaged.toString();
    }

    private String text(Object value) {
        StringBuilder text = new StringBuilder();
        compact(Map.of("it", value), text);
        return text.toString();
    }

    private void compact(Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            text.append('{');
            map.forEach((name, member) -> {
                compact(name, text.append(text.charAt(text.length() - 1) == '{' ? "" : ","));
                compact(member, text.append(random.nextBoolean() ? ":" : " : "));
            });
            text.append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(element -> compact(element, text.append(text.charAt(text.length() - 1) == '[' ? "" : ",\n")));
            text.append(']');
        } else if (value instanceof String string) {
            text.append('"')
                    .append(string.replace("\\", "\\\\").replace("\"", "\\u0022"))
                    .append('"');
        } else {
            text.append(value);
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.put(string(), value(depth - 1));
        }
        return object;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextBoolean();
            case 2, 3 -> string();
            case 4 -> List.of(value(depth - 1), value(depth - 1));
            default -> object(depth);
        };
    }

    private String string() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
            text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? '/' : point);
        }
        return text.toString();
    }
}
