package io.sekimori.trust;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Dates as TUF writes them: {@code YYYY-MM-DDTHH:MM:SSZ}, UTC, nothing else (4.2.3). */
final class TufTime {

    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");

    private TufTime() {}

    static Instant parse(JsonObject signed, String name) throws MalformedJson {
        String text = signed.string(name);
        try {
            Instant instant = Instant.parse(text);
            // The round trip refuses what Instant is lenient about: leap seconds and 24:00:00.
            if (FORM.matcher(text).matches() && format(instant).equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw new MalformedJson(name + " is not a date", e);
        }
        throw new MalformedJson(name + " is not of the form YYYY-MM-DDTHH:MM:SSZ");
    }

    static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
