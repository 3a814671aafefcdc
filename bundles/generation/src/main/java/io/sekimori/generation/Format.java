package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;

/** Reading of the unit's own JSON files: the format number first, and values out of range are malformed too. */
final class Format {

    private Format() {}

    static JsonObject require(byte[] utf8, int format) throws MalformedJson {
        JsonObject json = JsonObject.parse(utf8);
        if (json.number("format") != format) {
            throw new MalformedJson("format is not " + format);
        }
        return json;
    }

    static int integer(JsonObject json, String name) throws MalformedJson {
        long number = json.number(name);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw new MalformedJson(name + " is out of range");
        }
        return (int) number;
    }

    static <T> T checked(Reading<T> reading) throws MalformedJson {
        try {
            return reading.value();
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(e.getMessage());
        }
    }

    @FunctionalInterface
    interface Reading<T> {
        T value() throws MalformedJson;
    }
}
