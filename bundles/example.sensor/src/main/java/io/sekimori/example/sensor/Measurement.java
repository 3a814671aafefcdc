package io.sekimori.example.sensor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the machine was like at one moment; a part that it does not tell is empty.
 *
 * @param at when
 * @param load how many processes wanted a processor, averaged over a minute
 * @param freeKibibytes memory that could be used without swapping
 * @param milliCelsius temperature of the first thermal zone
 */
record Measurement(Instant at, Optional<Double> load, Optional<Long> freeKibibytes, Optional<Long> milliCelsius) {

    private static final String NOTHING = "-";

    /** One line of text, without its end. */
    String line() {
        return at + " " + text(load) + " " + text(freeKibibytes) + " " + text(milliCelsius);
    }

    /** What {@link #line} made; empty if this is something else. */
    static Optional<Measurement> parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            return words.length != 4
                    ? Optional.empty()
                    : Optional.of(new Measurement(
                            Instant.parse(words[0]),
                            value(words[1]).map(Double::valueOf),
                            value(words[2]).map(Long::valueOf),
                            value(words[3]).map(Long::valueOf)));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** As the wire has named values. */
    Map<String, Object> metrics() {
        Map<String, Object> metrics = new TreeMap<>();
        metrics.put("at", at.toEpochMilli());
        load.ifPresent(value -> metrics.put("load", value));
        freeKibibytes.ifPresent(value -> metrics.put("memory.free.kibibytes", value));
        milliCelsius.ifPresent(value -> metrics.put("temperature.celsius", value / 1000.0));
        return metrics;
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse(NOTHING);
    }

    private static Optional<String> value(String word) {
        return word.equals(NOTHING) ? Optional.empty() : Optional.of(word);
    }
}
