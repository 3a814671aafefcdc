package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The form of {@code generation.json}. */
final class GenerationJson {

    private static final int FORMAT = 1;

    private GenerationJson() {}

    static Generation parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, FORMAT);
        List<GenerationBundle> bundles = new ArrayList<>();
        for (JsonObject bundle : json.objects("bundles")) {
            bundles.add(bundle(bundle));
        }
        Instant created = instant(json.string("created"));
        Map<String, Map<String, Object>> configurations = Configurations.read(json.object("configurations"));
        return Format.checked(() -> new Generation(
                Format.integer(json, "number"),
                created,
                json.string("slot"),
                json.number("assignmentVersion"),
                bundles,
                configurations));
    }

    private static GenerationBundle bundle(JsonObject json) throws MalformedJson {
        return Format.checked(() -> new GenerationBundle(
                json.string("symbolicName"),
                json.string("version"),
                json.string("sha256"),
                json.number("length"),
                json.number("counter"),
                Format.integer(json, "startLevel"),
                swap(json.string("swap"))));
    }

    private static Swap swap(String word) throws MalformedJson {
        for (Swap swap : Swap.values()) {
            if (swap.word().equals(word)) {
                return swap;
            }
        }
        throw new MalformedJson("swap is none of overlap, replace and restart");
    }

    private static Instant instant(String text) throws MalformedJson {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new MalformedJson("created is not an instant", e);
        }
    }

    static Map<String, Object> members(Generation generation) {
        return Map.of(
                "format", (long) FORMAT,
                "number", (long) generation.number(),
                "created", generation.created().toString(),
                "slot", generation.slot(),
                "assignmentVersion", generation.assignmentVersion(),
                "bundles",
                        generation.bundles().stream()
                                .map(GenerationJson::members)
                                .toList(),
                "configurations", generation.configurations());
    }

    private static Map<String, Object> members(GenerationBundle bundle) {
        return Map.of(
                "symbolicName", bundle.symbolicName(),
                "version", bundle.version(),
                "sha256", bundle.sha256(),
                "length", bundle.length(),
                "counter", bundle.counter(),
                "startLevel", (long) bundle.startLevel(),
                "swap", bundle.swap().word());
    }
}
