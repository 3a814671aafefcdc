package io.sekimori.config.admin;

import io.sekimori.config.Attribute.Range;
import io.sekimori.config.Attribute.Type;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Between what a number has to lie, and what it counts. Stateless. */
final class Ranges {

    private static final Set<Type> NUMBERS =
            Set.of(Type.LONG, Type.INTEGER, Type.SHORT, Type.BYTE, Type.DOUBLE, Type.FLOAT);

    private static final String PER_SECOND = "bytes.per.second";

    /** How ids end, and what they count then. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("millis", "millisecond"),
            Map.entry("seconds", "second"),
            Map.entry("minutes", "minute"),
            Map.entry("hours", "hour"),
            Map.entry("days", "day"),
            Map.entry("bytes", "byte"),
            Map.entry("kibibytes", "kibibyte"),
            Map.entry("mebibytes", "mebibyte"),
            Map.entry("mib", "mebibyte"),
            Map.entry("percent", "percent"));

    private Ranges() {}

    static Range of(String id, Type type, Bounds.Bound bound) {
        return NUMBERS.contains(type) ? new Range(number(bound.min()), number(bound.max()), unit(id)) : Range.NONE;
    }

    private static String unit(String id) {
        if (id.equals(PER_SECOND) || id.endsWith("." + PER_SECOND)) {
            return "byte-per-second";
        }
        return UNITS.getOrDefault(id.substring(id.lastIndexOf('.') + 1), "");
    }

    // Whoever shows it counts on a number; the Metatype service makes nothing of another text either.
    private static String number(String text) {
        try {
            return new BigDecimal(text.strip()).toPlainString();
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
