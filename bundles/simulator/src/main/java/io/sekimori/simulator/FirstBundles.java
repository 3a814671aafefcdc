package io.sekimori.simulator;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.UnitReport.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What gateways run before their first update: the oldest release of each bundle for their model, as the console's
 * metadata says. Nothing is verified for it; it is only where the simulation begins.
 *
 * @param bundles of the framework
 * @param slot of the start class path
 */
record FirstBundles(List<Item> bundles, List<Item> slot) {

    private static final int MAX_BYTES = 16 << 20;
    private static final int START_LEVEL = 10;

    private record Oldest(long counter, boolean slot, Item item) {}

    static FirstBundles read(ConsoleFiles console, String model) throws IOException {
        try {
            long snapshot = metaVersion(json(console, "timestamp.json"), "snapshot.json");
            long targets = metaVersion(json(console, snapshot + ".snapshot.json"), "targets.json");
            return of(json(console, targets + ".targets.json").object("targets"), model);
        } catch (MalformedJson e) {
            throw new IOException("the release metadata: " + e.getMessage(), e);
        }
    }

    private static JsonObject json(ConsoleFiles console, String file) throws IOException, MalformedJson {
        byte[] bytes = console.metadata("release/" + file, MAX_BYTES)
                .orElseThrow(() -> new IOException("the console has no release/" + file));
        return JsonObject.parse(bytes).object("signed");
    }

    private static long metaVersion(JsonObject signed, String file) throws MalformedJson {
        return signed.object("meta").object(file).number("version");
    }

    private static FirstBundles of(JsonObject targets, String model) throws MalformedJson {
        Map<String, Oldest> oldest = new HashMap<>();
        for (String path : targets.names()) {
            JsonObject target = targets.object(path);
            JsonObject custom = target.object("custom");
            List<String> models = custom.has("models") ? custom.strings("models") : List.of();
            // A Java runtime is not among what a unit leaves the factory with.
            if (custom.string("kind").equals("java") || !models.isEmpty() && !models.contains(model)) {
                continue;
            }
            boolean slot = custom.string("kind").equals("slot");
            Item item = new Item(
                    custom.string("symbolicName"),
                    custom.string("version"),
                    target.object("hashes").string("sha256"),
                    START_LEVEL);
            oldest.merge(
                    slot + item.symbolicName(),
                    new Oldest(custom.number("counter"), slot, item),
                    (one, other) -> one.counter <= other.counter ? one : other);
        }
        List<Item> bundles = new ArrayList<>();
        List<Item> slots = new ArrayList<>();
        oldest.values().forEach(each -> (each.slot ? slots : bundles).add(each.item));
        return new FirstBundles(List.copyOf(bundles), List.copyOf(slots));
    }
}
