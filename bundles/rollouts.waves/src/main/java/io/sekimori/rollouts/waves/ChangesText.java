package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.BundleChange.Kind;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Changes and filters as the text of a column. Stateless. */
final class ChangesText {

    private ChangesText() {}

    static String write(List<BundleChange> changes) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (BundleChange change : changes) {
            Map<String, Object> json = new TreeMap<>(Map.of("symbolicName", change.symbolicName()));
            if (change.kind() != Kind.BUNDLE) {
                json.put("kind", change.kind().name());
            }
            change.version().ifPresent(version -> json.put("version", version));
            change.startLevel().ifPresent(level -> json.put("startLevel", (long) level));
            list.add(json);
        }
        return text(Map.of("changes", list));
    }

    static List<BundleChange> read(String text) {
        try {
            List<BundleChange> changes = new ArrayList<>();
            for (JsonObject json :
                    JsonObject.parse(text.getBytes(StandardCharsets.UTF_8)).objects("changes")) {
                changes.add(new BundleChange(
                        json.optionalString("kind").map(Kind::valueOf).orElse(Kind.BUNDLE),
                        json.string("symbolicName"),
                        json.optionalString("version"),
                        json.has("startLevel")
                                ? OptionalInt.of(Math.toIntExact(json.number("startLevel")))
                                : OptionalInt.empty()));
            }
            return changes;
        } catch (MalformedJson | IllegalArgumentException | ArithmeticException e) {
            throw unwritten(e);
        }
    }

    static String filter(Map<String, String> filter) {
        return text(filter);
    }

    static Map<String, String> filter(String text) {
        try {
            JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
            Map<String, String> filter = new TreeMap<>();
            for (String name : json.names()) {
                filter.put(name, json.string(name));
            }
            return filter;
        } catch (MalformedJson e) {
            throw unwritten(e);
        }
    }

    private static String text(Map<String, ?> value) {
        return new String(JsonText.bytes(value), StandardCharsets.UTF_8);
    }

    private static IllegalStateException unwritten(Exception e) {
        return new IllegalStateException("the records hold a rollout that this console did not write", e);
    }
}
