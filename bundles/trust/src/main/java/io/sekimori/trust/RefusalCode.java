package io.sekimori.trust;

import java.util.Locale;

/**
 * The stable name of one rule that can be broken. Implemented by enums, one per area; names are added and never
 * renamed, since they stand in audit logs, reports and scripts. Beside the enum lie {@code refusals.properties} and
 * {@code refusals_ja.properties} with one line of advice per name.
 */
public interface RefusalCode {

    /** The name, as {@code UPPER_SNAKE}. */
    String name();

    /** What the reader can do about it, in the language of {@code locale} or else in English. */
    default String advice(Locale locale) {
        return Advice.of(this, locale);
    }
}
