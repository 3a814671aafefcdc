package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pointer of a unit: {@code state/confirmed.json}. Replacing that file is the commit of a transition.
 *
 * @param generation the confirmed generation
 * @param fallback the one generation that may still be started instead; never equal to {@code generation}
 * @param floors symbolic name to the least release counter accepted from now on
 */
public record Confirmed(int generation, Optional<Integer> fallback, Map<String, Long> floors) {

    /** @throws IllegalArgumentException if a number is out of its range */
    public Confirmed {
        Generation.requireNumber(generation);
        fallback.ifPresent(Generation::requireNumber);
        if (fallback.filter(number -> number == generation).isPresent()) {
            throw new IllegalArgumentException("a generation cannot be its own fallback");
        }
        floors = Map.copyOf(floors);
        if (floors.values().stream().anyMatch(floor -> floor < 0)) {
            throw new IllegalArgumentException("a floor is 0 or greater");
        }
    }

    /** Reads the bytes of the file. */
    public static Confirmed parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        JsonObject floors = json.object("floors");
        SortedMap<String, Long> counters = new TreeMap<>();
        for (String name : floors.names()) {
            counters.put(name, floors.number(name));
        }
        Optional<Integer> fallback =
                json.has("fallback") ? Optional.of(Format.integer(json, "fallback")) : Optional.empty();
        return Format.checked(() -> new Confirmed(Format.integer(json, "generation"), fallback, counters));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        SortedMap<String, Object> json = new TreeMap<>();
        json.put("format", 1L);
        json.put("generation", (long) generation);
        fallback.ifPresent(number -> json.put("fallback", (long) number));
        json.put("floors", new TreeMap<>(floors));
        return JsonText.bytes(json);
    }
}
