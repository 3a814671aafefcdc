package io.sekimori.web.jetty;

import java.util.List;
import java.util.Locale;

/** The language to speak to a caller, from Accept-Language (RFC 9110, 12.5.4). Stateless. */
final class Languages {

    private static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.JAPANESE);
    private static final int LONGEST = 200;

    private Languages() {}

    static Locale of(String header) {
        if (header.isEmpty() || header.length() > LONGEST) {
            return Locale.ENGLISH;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(header), KNOWN);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }
}
