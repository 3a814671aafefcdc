package io.sekimori.trust;

import java.util.function.Function;

/** Reads the word of an enum; an unknown word refuses. */
final class Words {

    private Words() {}

    static <E> E parse(JsonObject object, String name, E[] values, Function<E, String> word) throws MalformedJson {
        String text = object.string(name);
        for (E value : values) {
            if (word.apply(value).equals(text)) {
                return value;
            }
        }
        throw new MalformedJson(name + " is not a known word");
    }
}
