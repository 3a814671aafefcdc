package io.sekimori.trust;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) that has exactly one meaning: well-formed UTF-8, no duplicate names, integers of 64 bits and
 * nothing else that counts, at most {@value #MAX_DEPTH} levels and {@value #MAX_VALUES} values, nothing after the closing
 * brace. Confined to one thread; the static method is thread-safe.
 */
final class StrictJson {

    static final int MAX_DEPTH = 32;

    /**
     * An empty object takes two bytes to send and a hundred to hold, and what is parsed here nobody has signed yet: a
     * pack of a few megabytes must not take the heap of a gateway. A release takes about fourteen values.
     */
    static final int MAX_VALUES = 400_000;

    private static final int MAX_NUMBER_CHARS = 20;
    private static final int MAX_NAME_CHARS = 2_048;

    private final JsonCursor text;
    private int depth;
    private int values;

    private StrictJson(JsonCursor text) {
        this.text = text;
    }

    static Map<String, @Nullable Object> read(byte[] utf8, int maxBytes) throws MalformedJson {
        if (utf8.length > maxBytes) {
            throw new MalformedJson("longer than " + maxBytes + " bytes");
        }
        JsonCursor text = new JsonCursor(decode(utf8));
        text.require(text.token() == '{', "not a JSON object");
        Map<String, @Nullable Object> object = new StrictJson(text).object();
        text.require(text.isEnd(), "something follows the closing brace");
        return object;
    }

    private static String decode(byte[] utf8) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJson("not UTF-8", e);
        }
    }

    private Map<String, @Nullable Object> object() throws MalformedJson {
        enter();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        char next = text.token();
        while (next != '}') {
            text.require(next == '"', "a name in quotes is missing");
            String name = text.string();
            text.require(name.length() <= MAX_NAME_CHARS, "a name is longer than " + MAX_NAME_CHARS + " characters");
            text.require(text.token() == ':', "a colon is missing");
            int known = members.size();
            members.put(name, value(text.token()));
            text.require(members.size() > known, "a name is there twice");
            next = afterElement('}');
        }
        depth--;
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() throws MalformedJson {
        enter();
        List<@Nullable Object> elements = new ArrayList<>();
        char next = text.token();
        while (next != ']') {
            elements.add(value(next));
            next = afterElement(']');
        }
        depth--;
        return Collections.unmodifiableList(elements);
    }

    private void enter() throws MalformedJson {
        text.require(++depth <= MAX_DEPTH, "more than " + MAX_DEPTH + " levels");
    }

    /** The end, or what the next element begins with. */
    private char afterElement(char end) throws MalformedJson {
        char separator = text.token();
        if (separator == end) {
            return end;
        }
        text.require(separator == ',', "a comma is missing");
        char next = text.token();
        text.require(next != end, "nothing follows a comma");
        return next;
    }

    private @Nullable Object value(char first) throws MalformedJson {
        if (++values > MAX_VALUES) {
            throw new MalformedJson("more than " + MAX_VALUES + " values");
        }
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text.string();
            case 't' -> literal("rue", Boolean.TRUE);
            case 'f' -> literal("alse", Boolean.FALSE);
            case 'n' -> literal("ull", null);
            default -> number(first);
        };
    }

    private @Nullable Object literal(String rest, @Nullable Boolean meaning) throws MalformedJson {
        for (int i = 0; i < rest.length(); i++) {
            text.require(text.take() == rest.charAt(i), "no value begins like this");
        }
        return meaning;
    }

    private Long number(char first) throws MalformedJson {
        StringBuilder number = new StringBuilder().append(first);
        char digit = first == '-' ? text.take() : first;
        text.require(isDigit(digit), "no value begins like this");
        if (first == '-') {
            number.append(digit);
        }
        while (isDigit(text.peek())) {
            text.require(digit != '0', "a number begins with a zero");
            number.append(text.take());
            text.require(number.length() <= MAX_NUMBER_CHARS, "a number is too long");
        }
        text.require(".eE".indexOf(text.peek()) < 0, "only whole numbers are allowed");
        try {
            return Long.valueOf(number.toString());
        } catch (NumberFormatException e) {
            throw text.malformed("a number has more than 64 bits", e);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
