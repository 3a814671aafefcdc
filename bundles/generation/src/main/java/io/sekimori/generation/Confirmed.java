package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pointer of a unit: {@code state/confirmed.json}. Replacing that file is the commit of a transition.
 *
 * @param generation the confirmed generation
 * @param fallback the one generation that may still be started instead; never equal to {@code generation}
 * @param floors symbolic name to the least release counter accepted from now on
 * @param hardFloors symbolic name to the least release counter that a fallback may have from now on
 */
public record Confirmed(
        int generation, Optional<Integer> fallback, Map<String, Long> floors, Map<String, Long> hardFloors) {

    private static final String HARD = "hardFloors";

    /** @throws IllegalArgumentException if a number is out of its range */
    public Confirmed {
        Generation.requireNumber(generation);
        fallback.ifPresent(Generation::requireNumber);
        if (fallback.filter(number -> number == generation).isPresent()) {
            throw new IllegalArgumentException("a generation cannot be its own fallback");
        }
        floors = Map.copyOf(floors);
        hardFloors = Map.copyOf(hardFloors);
        if (Stream.concat(floors.values().stream(), hardFloors.values().stream())
                .anyMatch(floor -> floor < 0)) {
            throw new IllegalArgumentException("a floor is 0 or greater");
        }
    }

    /** One that knows of no hard floors. */
    public Confirmed(int generation, Optional<Integer> fallback, Map<String, Long> floors) {
        this(generation, fallback, floors, Map.of());
    }

    /** The same without a fallback. */
    public Confirmed alone() {
        return new Confirmed(generation, Optional.empty(), floors, hardFloors);
    }

    /** Reads the bytes of the file. */
    public static Confirmed parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        Map<String, Long> floors = counters(json.object("floors"));
        // Earlier versions wrote none, and pass over them.
        Map<String, Long> hard = json.has(HARD) ? counters(json.object(HARD)) : Map.of();
        Optional<Integer> fallback =
                json.has("fallback") ? Optional.of(Format.integer(json, "fallback")) : Optional.empty();
        return Format.checked(() -> new Confirmed(Format.integer(json, "generation"), fallback, floors, hard));
    }

    private static Map<String, Long> counters(JsonObject json) throws MalformedJson {
        SortedMap<String, Long> counters = new TreeMap<>();
        for (String name : json.names()) {
            counters.put(name, json.number(name));
        }
        return counters;
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        SortedMap<String, Object> json = new TreeMap<>();
        json.put("format", 1L);
        json.put("generation", (long) generation);
        fallback.ifPresent(number -> json.put("fallback", (long) number));
        json.put("floors", new TreeMap<>(floors));
        if (!hardFloors.isEmpty()) {
            json.put(HARD, new TreeMap<>(hardFloors));
        }
        return JsonText.bytes(json);
    }
}
