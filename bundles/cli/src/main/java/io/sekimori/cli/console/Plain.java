package io.sekimori.cli.console;

import io.sekimori.trust.MalformedJson;
import java.util.regex.Pattern;

/** Words of a console that stand beside what people sign. Stateless. */
final class Plain {

    /** What ids, names, versions and times are made of. Anything else could write over the content that stands above. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:-]{0,200}");

    private Plain() {}

    /** {@code text}, of which a terminal obeys nothing. */
    static String of(String text) throws MalformedJson {
        if (!WORD.matcher(text).matches()) {
            throw new MalformedJson("a word of the console that is none");
        }
        return text;
    }
}
