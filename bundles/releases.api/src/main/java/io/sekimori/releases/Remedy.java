package io.sekimori.releases;

import java.util.Locale;

/**
 * Which risk a release removes, as its publisher signed it.
 *
 * @param english one line, without control characters
 * @param japanese the same; empty if there is none
 */
public record Remedy(String english, String japanese) {

    /** In that language, else in English. */
    public String in(Locale language) {
        return language.getLanguage().equals("ja") && !japanese.isEmpty() ? japanese : english;
    }
}
